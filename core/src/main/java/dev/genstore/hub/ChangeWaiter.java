package dev.genstore.hub;

import dev.genstore.resource.Target;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Waits for the next change of a target, for long polls. What changes between making it and waiting
 * is not missed, so make it first, then look whether there is something already.
 *
 * <p>Confined to the waiting thread, except for {@link #wake}.
 */
public final class ChangeWaiter implements AutoCloseable {
    private final Hub hub;
    private final Target target;
    private final Semaphore changed = new Semaphore(0);
    private final Runnable listener = changed::release;

    public ChangeWaiter(Hub hub, Target target) {
        this.hub = hub;
        this.target = target;
        hub.addWaiter(target, listener);
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
        hub.removeWaiter(target, listener);
    }
}
