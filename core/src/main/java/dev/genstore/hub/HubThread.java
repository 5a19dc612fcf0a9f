package dev.genstore.hub;

import dev.genstore.changelog.Changelog;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Runs a {@link Hub}: advances it when the log has grown, and has it forget what nobody uses. Thread-safe. */
public final class HubThread {
    private static final Logger LOG = LoggerFactory.getLogger(HubThread.class);
    private static final long TIDY_MILLIS = 500;

    private final Hub hub;
    private final Semaphore grown = new Semaphore(0);
    private final Thread thread;

    public HubThread(Hub hub, Changelog changelog, ThreadFactory threads) {
        this.hub = hub;
        this.thread = threads.newThread(this::run);
        changelog.listen(grown::release);
    }

    public void start() {
        thread.start();
    }

    /** Ends it; whether it ended within this time. */
    public boolean stop(Duration patience) throws InterruptedException {
        thread.interrupt();
        return thread.join(patience);
    }

    private void run() {
        long nextTidyNanos = System.nanoTime();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                boolean advanced = advance();
                if (System.nanoTime() - nextTidyNanos >= 0) {
                    tidy();
                    nextTidyNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIDY_MILLIS);
                }
                if (!advanced && grown.tryAcquire(TIDY_MILLIS, TimeUnit.MILLISECONDS)) {
                    grown.drainPermits();
                }
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        } finally {
            hub.closeStreams();
        }
    }

    /** A failure is tried again after a while: nothing is lost, the watchers only wait. */
    private boolean advance() {
        try {
            return hub.advance();
        } catch (RuntimeException | Error failure) {
            LOG.error("The log can't be told; watchers wait", failure);
            return false;
        }
    }

    private void tidy() {
        try {
            hub.forgetUnused();
        } catch (RuntimeException | Error failure) {
            LOG.error("What nobody uses can't be forgotten", failure);
        }
    }
}
