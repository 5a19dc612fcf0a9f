package dev.genstore.wire.longpoll;

import dev.genstore.hub.ChangeWaiter;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * How long a poll may still wait. It ends early when the peer is gone or the server stops.
 *
 * <p>{@link #end} is thread-safe; the rest is confined to the waiting thread.
 */
public final class Patience {
    private final long deadlineNanos;
    private volatile boolean isOver;
    private volatile @Nullable ChangeWaiter waiting;

    public Patience(Duration patience) {
        deadlineNanos = System.nanoTime() + patience.toNanos();
    }

    /** Ends the waiting now; the poll answers with what there is. */
    public void end() {
        isOver = true;
        ChangeWaiter waiter = waiting;
        if (waiter != null) {
            waiter.wake();
        }
    }

    /** Whether somebody still waits who has said that he would. */
    boolean isLeft() {
        return !isOver && deadlineNanos - System.nanoTime() > 0;
    }

    /** Whether it ended early. */
    boolean isOver() {
        return isOver;
    }

    /** Waits for a change; false when there was none in time. */
    boolean awaitChange(ChangeWaiter waiter) {
        waiting = waiter;
        try {
            long leftNanos = deadlineNanos - System.nanoTime();
            return !isOver && leftNanos > 0 && waiter.await(Duration.ofNanos(leftNanos)) && !isOver;
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting = null;
        }
    }
}
