package dev.genstore.sqlite;

import dev.genstore.store.Snapshot;
import dev.genstore.store.StorageException;
import dev.genstore.store.StorageException.Kind;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Reads on a few platform threads, each of which has a connection while it reads. SQLite runs in
 * native code, where a virtual thread would keep its carrier from everybody else.
 *
 * <p>Reads that find all threads busy wait in line; there are never more of them than callers.
 * Thread-safe.
 */
final class ReaderPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReaderPool.class);
    private static final long PATIENCE_SECONDS = 10;

    /** As many as threads, so one that runs always finds one. */
    private final BlockingQueue<Reader> idle;

    private final ExecutorService threads;

    ReaderPool(DatabaseFile file, String epoch, int count) {
        idle = new ArrayBlockingQueue<>(count);
        for (int i = 0; i < count; i++) {
            idle.add(new Reader(file, epoch));
        }
        threads = Executors.newFixedThreadPool(
                count, Thread.ofPlatform().daemon().name("genstore-reader-", 0).factory());
    }

    /**
     * Reads and waits for it. Interrupted, it waits no longer; a reading that has begun goes on to
     * its end.
     */
    <T extends @Nullable Object> T read(Function<Snapshot, T> reading) {
        Future<T> result = submit(reading);
        try {
            return result.get();
        } catch (ExecutionException failure) {
            throw unchecked(failure.getCause());
        } catch (InterruptedException interruption) {
            result.cancel(false);
            Thread.currentThread().interrupt();
            throw new StorageException(Kind.UNAVAILABLE, "The read was interrupted.", interruption);
        }
    }

    /** Waits for the reads that have come and closes the connections. */
    @Override
    public void close() {
        threads.shutdown();
        if (!ended()) {
            LOG.error("A read does not end; its connection stays open");
        }
        for (Reader reader = idle.poll(); reader != null; reader = idle.poll()) {
            reader.close();
        }
    }

    private <T extends @Nullable Object> Future<T> submit(Function<Snapshot, T> reading) {
        try {
            return threads.submit(() -> readWithOne(reading));
        } catch (RejectedExecutionException closed) {
            throw new StorageException(Kind.UNAVAILABLE, "The storage is closed.", closed);
        }
    }

    private <T extends @Nullable Object> T readWithOne(Function<Snapshot, T> reading) {
        Reader reader = idle.remove();
        try {
            return reader.read(reading);
        } finally {
            idle.add(reader);
        }
    }

    private boolean ended() {
        try {
            return threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What a reading threw comes to its caller as it is. */
    private static RuntimeException unchecked(@Nullable Throwable failure) {
        return switch (failure) {
            case RuntimeException exception -> exception;
            case Error error -> throw error;
            case null, default -> new IllegalStateException(failure);
        };
    }
}
