package dev.genstore.checks.harness;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** What runs beside a test, each on a thread of its own, so that nobody waits for a pool. */
public final class Beside {
    private Beside() {}

    /** Starts {@code task}; who asks for its result gets its failure, too. */
    public static <T> FutureTask<T> start(Callable<T> task) {
        var future = new FutureTask<>(task);
        Thread.ofVirtual().start(future);
        return future;
    }
}
