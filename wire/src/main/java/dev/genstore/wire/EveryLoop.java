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
import java.util.function.Function;

/**
 * Asks every loop something of what belongs to it, or does something with that, and waits until it is
 * done. Who is busy is waited for no longer than for all of them together, and does it later.
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
        boolean isBusy = ask(its -> {
                    action.accept(its);
                    return true;
                })
                .stream()
                .anyMatch(look -> !look.isDone());
        if (isBusy) {
            LOG.warn("A loop is busy; who may not go on is told nothing more and ended later");
        }
    }

    /** Asks each; returns when all have answered, or the time is over. */
    <R> List<Future<R>> ask(Function<T, R> question) {
        List<Future<R>> answers = new ArrayList<>();
        of.forEach((loop, its) -> {
            if (!loop.isShuttingDown()) {
                answers.add(loop.submit(() -> question.apply(its)));
            }
        });
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        answers.forEach(answer -> answer.awaitUninterruptibly(
                deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS));
        return answers;
    }
}
