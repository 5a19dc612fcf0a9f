package dev.genstore.resource;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Times as the protocol writes them. Each event tells three, which mostly fall into seconds that were
 * told before, so the texts of some seconds are kept: that is what takes long.
 *
 * <p>Thread-safe.
 */
final class Timestamps {
    private static final int KEPT = 256;
    private static final AtomicReferenceArray<@Nullable Second> SECONDS =
            new AtomicReferenceArray<>(KEPT);

    /** A second with its text up to the dot behind it. */
    private record Second(long second, String text) {}

    private Timestamps() {}

    /** RFC 3339, UTC, milliseconds. */
    static String text(long millis) {
        int fraction = Math.floorMod(millis, 1000);
        String zeros = fraction < 10 ? "00" : fraction < 100 ? "0" : "";
        return textOf(Math.floorDiv(millis, 1000L)) + zeros + fraction + 'Z';
    }

    private static String textOf(long second) {
        int slot = Math.floorMod(second, KEPT);
        Second known = SECONDS.get(slot);
        if (known == null || known.second != second) {
            String text = DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochSecond(second));
            known = new Second(second, text.substring(0, text.length() - 1) + '.');
            SECONDS.set(slot, known);
        }
        return known.text;
    }
}
