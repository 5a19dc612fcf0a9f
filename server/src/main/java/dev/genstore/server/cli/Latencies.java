package dev.genstore.server.cli;

import java.util.Arrays;
import java.util.Collection;

/** How long many things took, in nanoseconds. Each is filled by one thread, and then merged. */
final class Latencies {
    private long[] nanos = new long[1024];
    private int count;

    void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = duration;
    }

    /** All of them together, in order. */
    static Latencies merged(Collection<Latencies> parts) {
        var all = new Latencies();
        for (Latencies part : parts) {
            for (int i = 0; i < part.count; i++) {
                all.add(part.nanos[i]);
            }
        }
        Arrays.sort(all.nanos, 0, all.count);
        return all;
    }

    int count() {
        return count;
    }

    /** What so many of those that were merged did not exceed; 0 when there are none. */
    long at(double part) {
        return count == 0 ? 0 : nanos[Math.max(0, (int) Math.ceil(part * count) - 1)];
    }
}
