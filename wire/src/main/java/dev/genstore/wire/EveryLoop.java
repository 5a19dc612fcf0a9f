package dev.genstore.wire;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Does something on every loop with what belongs to it, and waits until it is done. Who is busy is
 * waited for no longer than for all of them together, and does it later.
 *
 * <p>Thread-safe, behind the last change of the map.
 *
 * @param of what belongs to each loop
 * @param patience how long to wait for all together
 */
record EveryLoop<T>(Map<EventExecutor, T> of, Duration patience) {
    private static final Logger LOG = LoggerFactory.getLogger(EveryLoop.class);

    /** Has it done; returns when it is, or the time is over. */
    void run(Consumer<T> action) {
        List<Future<?>> looks = new ArrayList<>();
        of.forEach((loop, its) -> {
            if (!loop.isShuttingDown()) {
                looks.add(loop.submit(() -> action.accept(its)));
            }
        });
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        long busy = looks.stream().filter(look -> !isDone(look, deadlineNanos)).count();
        if (busy > 0) {
            LOG.warn("A loop is busy; who may not go on is told nothing more and ended later");
        }
    }

    private static boolean isDone(Future<?> look, long deadlineNanos) {
        return look.awaitUninterruptibly(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
}
