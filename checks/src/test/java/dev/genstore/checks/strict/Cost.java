package dev.genstore.checks.strict;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;

/**
 * What something costs: the best of several tries, since others are at work on the machine as well.
 *
 * @param nanos of this thread's own processor time
 * @param bytes that this thread has made on the heap
 */
record Cost(long nanos, long bytes) {
    private static final int TRIES = 4;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Cost of(Runnable action) {
        Cost best = once(action);
        for (int i = 1; i < TRIES; i++) {
            Cost other = once(action);
            best = new Cost(Math.min(best.nanos, other.nanos), Math.min(best.bytes, other.bytes));
        }
        return best;
    }

    private static Cost once(Runnable action) {
        long nanos = THREADS.getCurrentThreadCpuTime();
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        action.run();
        return new Cost(
                THREADS.getCurrentThreadCpuTime() - nanos,
                THREADS.getCurrentThreadAllocatedBytes() - bytes);
    }
}
