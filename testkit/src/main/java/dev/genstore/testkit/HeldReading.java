package dev.genstore.testkit;

import dev.genstore.store.Snapshot;

import java.util.concurrent.CountDownLatch;

/** A reading that goes on until it is let go. Thread-safe. */
public final class HeldReading {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    /** Reads nothing, until the end. */
    public boolean read(Snapshot snapshot) {
        begun.countDown();
        try {
            end.await();
            return true;
        } catch (InterruptedException interruption) {
            throw new IllegalStateException(interruption);
        }
    }

    /** Waits until it is under way. */
    public void awaitBegun() throws InterruptedException {
        begun.await();
    }

    /** Ends it, also before it has begun. */
    public void letGo() {
        end.countDown();
    }
}
