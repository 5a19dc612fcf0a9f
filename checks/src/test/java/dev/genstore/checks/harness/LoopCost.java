package dev.genstore.checks.harness;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.stream.Stream;

/**
 * What the event loops of this process have cost so far.
 *
 * @param nanos of processor time
 * @param bytes made on the heap
 */
public record LoopCost(long nanos, long bytes) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    public static LoopCost now() {
        long[] loops = loops();
        long nanos = 0;
        long bytes = 0;
        for (long loop : loops) {
            nanos += Math.max(0, THREADS.getThreadCpuTime(loop));
            bytes += Math.max(0, THREADS.getThreadAllocatedBytes(loop));
        }
        if (nanos == 0) {
            throw new IllegalStateException("there is no event loop");
        }
        return new LoopCost(nanos, bytes);
    }

    private static long[] loops() {
        return Stream.of(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(info -> info != null && info.getThreadName().contains("EventLoop"))
                .mapToLong(ThreadInfo::getThreadId)
                .toArray();
    }

    public LoopCost since(LoopCost before) {
        return new LoopCost(nanos - before.nanos, bytes - before.bytes);
    }
}
