package dev.genstore.client;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * The world around a watch. Immutable.
 *
 * @param ladder the best transport first
 * @param renews whether there may be another token when one was refused
 * @param silence how long a connection may be silent
 * @param opening how long it may take until its first word
 * @param better after which time a better transport is tried again, doubling
 * @param readAhead how many events are read ahead of a subscriber
 * @param random thread-safe
 */
record Surroundings(
        List<Transport> ladder,
        Executor executor,
        Timer timer,
        RandomGenerator random,
        boolean renews,
        Duration silence,
        Duration opening,
        Duration better,
        int readAhead) {

    Surroundings {
        ladder = List.copyOf(ladder);
    }

    /** The same path with this beginning. */
    static String withSince(String path, String since) {
        return path
                + (path.indexOf('?') < 0 ? '?' : '&')
                + "since="
                + URLEncoder.encode(since, StandardCharsets.UTF_8);
    }

    /** A URL of what a program wrote, which need not have escaped it: as browsers do. */
    static URI url(String base, String path) {
        var url = new StringBuilder(base);
        for (byte unit : path.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (unit & 0xff);
            if (letter > ' ' && letter < 0x7f && "\"<>\\^`{|}[]#".indexOf(letter) < 0) {
                url.append(letter);
            } else {
                url.append('%').append("%02X".formatted((int) letter));
            }
        }
        return URI.create(url.toString());
    }
}
