package dev.genstore.checks.crash;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import java.time.Duration;

/** The greatest number that was seen so far, -1 before the first, and a place to wait for a greater one. Thread-safe. */
final class Tally {
    @GuardedBy("this") private long greatest = -1;

    synchronized void saw(long number) {
        if (number > greatest) {
            greatest = number;
            notifyAll();
        }
    }

    synchronized long greatest() {
        return greatest;
    }

    /** Waits until a number of at least this was seen. */
    synchronized void await(long number, Duration patience) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        while (greatest < number) {
            long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                throw new IllegalStateException(
                        "After " + patience + " it is " + greatest + " and not " + number);
            }
            wait(leftMillis);
        }
    }
}
