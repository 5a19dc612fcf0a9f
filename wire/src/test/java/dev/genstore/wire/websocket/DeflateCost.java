package dev.genstore.wire.websocket;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Prints what it costs to compress an event once for all watchers, in CPU, and how much of it is
 * left, for each level. A program and no test: its figures depend on the machine.
 */
final class DeflateCost {
    private static final int EVENTS = 20_000;
    private static final int KEY_FRAME_EACH = 32;
    private static final List<String> WORDS = List.of(
            "harbour", "window", "quiet", "order", "seven", "lamp", "river", "paper", "signal",
            "copper", "letter", "morning", "garden", "bridge", "market", "winter", "thread");

    private DeflateCost() {}

    public static void main(String[] arguments) {
        List<byte[]> events = events();
        long plainBytes = events.stream().mapToLong(event -> event.length).sum();
        System.out.printf(
                Locale.ROOT,
                "%d events, %d bytes each%n| level | µs CPU each | of the size |%n|--|--|--|%n",
                EVENTS,
                plainBytes / EVENTS);
        for (int level : new int[] {1, 2, 3, 4, 6}) {
            System.out.println(line(level, events, plainBytes));
        }
    }

    private static String line(int level, List<byte[]> events, long plainBytes) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long bestNanos = Long.MAX_VALUE;
        long bytes = 0;
        for (int round = 0; round < 7; round++) {
            long beganNanos = threads.getCurrentThreadCpuTime();
            bytes = deflate(level, events);
            bestNanos = Math.min(bestNanos, threads.getCurrentThreadCpuTime() - beganNanos);
        }
        return "| %d | %.2f | %.1f %% |"
                .formatted(level, bestNanos / 1_000.0 / events.size(), 100.0 * bytes / plainBytes);
    }

    private static long deflate(int level, List<byte[]> events) {
        long bytes = 0;
        try (var stream = new DeflateStream(level)) {
            for (int i = 0; i < events.size(); i++) {
                bytes += stream.frame(events.get(i), i % KEY_FRAME_EACH == 0).length;
            }
        }
        return bytes;
    }

    /** Changes of tickets: some of it is the same in each, some is prose, some is random. */
    private static List<byte[]> events() {
        var random = new Random(1);
        var events = new ArrayList<byte[]>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(event(i, random).getBytes(StandardCharsets.UTF_8));
        }
        return events;
    }

    private static String event(int i, Random random) {
        String id = "0190d2f1-%04x-7%03x-8%03x-%012x"
                .formatted(
                        i, random.nextInt(4096), random.nextInt(4096), random.nextLong(1L << 48));
        var prose = new StringBuilder();
        for (int words = 20 + random.nextInt(15); words > 0; words--) {
            prose.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
        }
        return ("{\"specversion\":\"1.0\",\"id\":\"k3f9-%1$d\",\"source\":\"/api/notes\",\"subject\":\"%2$s\","
                        + "\"type\":\"updated\",\"time\":\"2026-11-21T09:%3$02d:%4$02d.%5$03dZ\",\"prev\":\"k3f9-%6$d\","
                        + "\"data\":{\"id\":\"%2$s\",\"_revision\":%1$d,\"_created\":\"2026-11-20T08:00:%4$02d.000Z\","
                        + "\"_updated\":\"2026-11-21T09:%3$02d:%4$02d.%5$03dZ\",\"status\":\"%7$s\",\"priority\":%8$d,"
                        + "\"title\":\"%9$s\"}}")
                .formatted(
                        i + 1842,
                        id,
                        i / 60 % 60,
                        i % 60,
                        random.nextInt(1000),
                        i + 1841,
                        random.nextBoolean() ? "open" : "closed",
                        random.nextInt(5),
                        prose);
    }
}
