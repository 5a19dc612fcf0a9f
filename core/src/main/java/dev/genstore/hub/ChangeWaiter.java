package dev.genstore.hub;

import dev.genstore.query.Selection;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Waits for the next change of what is selected, for long polls. What changes between making it and waiting
 * is not missed, so make it first, then look whether there is something already.
 *
 * <p>Confined to the waiting thread, except for {@link #wake}.
 */
public final class ChangeWaiter implements AutoCloseable {
    private final Hub hub;
    private final Selection selection;
    private final Semaphore changed = new Semaphore(0);
    private final Runnable listener = changed::release;

    /**
     * Begins to listen.
     *
     * @throws dev.genstore.resource.Problem 503 when too many different watches are open
     */
    public ChangeWaiter(Hub hub, Selection selection) {
        this.hub = hub;
        this.selection = selection;
        hub.addWaiter(selection, listener);
    }

    /** Waits for a change since it was made or last waited; false when the time is over. */
    public boolean await(Duration patience) throws InterruptedException {
        boolean hasChanged = changed.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        changed.drainPermits();
        return hasChanged;
    }

    /** Ends the present or next waiting as if there had been a change. Any thread may call it. */
    public void wake() {
        changed.release();
    }

    @Override
    public void close() {
        hub.removeWaiter(selection, listener);
    }
}
