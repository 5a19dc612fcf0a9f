package dev.genstore.sqlite;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;

/**
 * What a thread has used of the processor since some moment, which unlike time says nothing of what
 * others do. To find it out costs about as much as a light row. As nobody uses more than the time
 * that passes, the clock says when to look again.
 *
 * <p>Confined to the thread that it is about.
 */
final class ProcessorTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long beganNanos = THREADS.getCurrentThreadCpuTime();
    private long knownNanos;
    private long knownAtNanos = System.nanoTime();

    private ProcessorTime() {}

    static ProcessorTime fromNow() {
        return new ProcessorTime();
    }

    /** Whether more than so much is used. */
    boolean isOver(long millis) {
        long maxNanos = TimeUnit.MILLISECONDS.toNanos(millis);
        return knownNanos + (System.nanoTime() - knownAtNanos) > maxNanos && used() > maxNanos;
    }

    long usedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(used());
    }

    private long used() {
        knownAtNanos = System.nanoTime();
        knownNanos = THREADS.getCurrentThreadCpuTime() - beganNanos;
        return knownNanos;
    }
}
