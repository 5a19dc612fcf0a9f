package dev.genstore.wire.websocket;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What it costs to compress an event: once for all watchers of a watch. */
@State(Scope.Thread)
public class DeflateBench {
    private static final int EVENTS = 1_024;
    private static final int EACH_KEY_FRAME = 32;
    private static final List<String> WORDS = List.of(
            "harbour", "window", "quiet", "order", "seven", "lamp", "river", "paper", "signal",
            "copper", "letter", "morning", "garden", "bridge", "market", "winter", "thread");

    private final List<byte[]> events = events();
    private final DeflateStream stream = new DeflateStream();
    private int next;

    @TearDown
    public void close() {
        stream.close();
    }

    @Benchmark
    public byte[] frame() {
        int now = next++;
        return stream.frame(events.get(now % EVENTS), now % EACH_KEY_FRAME == 0);
    }

    /** Changes of tickets: some of it is the same in each, some is prose, some is random. */
    private static List<byte[]> events() {
        var random = new Random(1);
        var made = new ArrayList<byte[]>();
        for (int i = 0; i < EVENTS; i++) {
            made.add(event(i, random).getBytes(StandardCharsets.UTF_8));
        }
        return made;
    }

    private static String event(int i, Random random) {
        String id = "0190d2f1-%04x-7%03x-8%03x-%012x"
                .formatted(
                        i, random.nextInt(4096), random.nextInt(4096), random.nextLong(1L << 48));
        String time = "2026-11-21T09:%02d:%02d.%03dZ"
                .formatted(i / 60 % 60, i % 60, random.nextInt(1000));
        return ("{\"specversion\":\"1.0\",\"id\":\"k3f9-%1$d\",\"source\":\"/api/notes\","
                        + "\"subject\":\"%2$s\",\"type\":\"updated\",\"time\":\"%3$s\","
                        + "\"prev\":\"k3f9-%4$d\",\"data\":{\"id\":\"%2$s\",\"_revision\":%1$d,"
                        + "\"_created\":\"2026-11-20T08:00:00.000Z\",\"_updated\":\"%3$s\","
                        + "\"status\":\"%5$s\",\"priority\":%6$d,\"title\":\"%7$s\"}}")
                .formatted(
                        i + 1842,
                        id,
                        time,
                        i + 1841,
                        random.nextBoolean() ? "open" : "closed",
                        random.nextInt(5),
                        prose(random));
    }

    private static String prose(Random random) {
        var prose = new StringBuilder();
        for (int words = 20 + random.nextInt(15); words > 0; words--) {
            prose.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
        }
        return prose.toString();
    }
}
