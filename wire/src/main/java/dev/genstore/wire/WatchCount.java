package dev.genstore.wire;

import dev.genstore.resource.ProblemType;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many watches all sockets together have by commands. Without a bound, as many as there may be
 * connections could each have a thousand. Thread-safe.
 */
final class WatchCount {
    /** Some 50 MB. */
    static final int DEFAULT_MAX = 250_000;

    private final int max;
    private final AtomicInteger count = new AtomicInteger();

    WatchCount(int max) {
        this.max = max;
    }

    int count() {
        return count.get();
    }

    /**
     * One more.
     *
     * @throws dev.genstore.resource.Problem 503 when it would be too many
     */
    void add() {
        if (count.incrementAndGet() > max) {
            count.decrementAndGet();
            throw ProblemType.OVERLOADED.because("All sockets together have " + max
                    + " watches by commands already; try again later.");
        }
    }

    /** So many have ended. */
    void remove(int ended) {
        count.addAndGet(-ended);
    }
}
