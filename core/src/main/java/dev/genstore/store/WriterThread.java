package dev.genstore.store;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/** Runs a {@link Writer} until it is stopped. Thread-safe. */
public final class WriterThread {
    private static final long IDLE_MILLIS = 1_000;

    private final Writer writer;
    private final Thread thread;

    /** Makes a thread that {@link #start} starts. */
    public WriterThread(Writer writer, ThreadFactory threads) {
        this.writer = writer;
        this.thread = threads.newThread(this::run);
    }

    public void start() {
        thread.start();
    }

    /**
     * Takes no further writes, commits those that wait and ends.
     *
     * @return whether it ended within this time
     */
    public boolean stop(Duration patience) throws InterruptedException {
        writer.close();
        return thread.join(patience);
    }

    private void run() {
        try {
            while (!writer.isDrained()) {
                writer.commitNext(IDLE_MILLIS);
            }
            writer.commitWaiting();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }
}
