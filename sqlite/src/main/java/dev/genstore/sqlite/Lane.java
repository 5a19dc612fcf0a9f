package dev.genstore.sqlite;

import dev.genstore.query.Asker;
import dev.genstore.resource.Problem;
import dev.genstore.store.Snapshot;
import dev.genstore.store.StorageException;
import dev.genstore.store.StorageException.Kind;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A few platform threads that read, each of which has a connection while it does. SQLite runs in native
 * code, where a virtual thread would keep its carrier from everybody else.
 *
 * <p>Readings that find all threads busy wait in line, in which clients have their turns one after the
 * other. Of those that an {@link Asker} waits for only so many do; the others are no more than the
 * program's own threads and its watchers. Thread-safe.
 */
final class Lane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final long PATIENCE_SECONDS = 10;

    /** As many as threads, so one that runs always finds one. */
    private final BlockingQueue<Reader> idle;

    private final ExecutorService threads;
    private final FairQueue line;
    private final Places places;

    /**
     * A lane.
     *
     * @param name says in plain words what is read in it
     * @param waitingMax how many askers wait besides those who have their turn
     * @param ofOneMax how many of both one client is
     */
    Lane(String name, DatabaseFile file, String epoch, int readers, int waitingMax, int ofOneMax) {
        idle = new ArrayBlockingQueue<>(readers);
        for (int i = 0; i < readers; i++) {
            idle.add(new Reader(file, epoch));
        }
        places = new Places(name, readers + waitingMax, ofOneMax);
        threads = Executors.newFixedThreadPool(
                readers,
                Thread.ofPlatform()
                        .daemon()
                        .name("genstore-reader-" + name + '-', 0)
                        .factory());
        line = new FairQueue(threads);
    }

    /**
     * Reads and waits for it. Interrupted, it waits no longer; a reading that has begun goes on.
     *
     * @throws Ended when the turn ended before it
     * @throws Problem 503 {@code overloaded} when too many wait
     */
    <T extends @Nullable Object> T read(Turn turn, Function<Snapshot, T> reading) {
        Asker asker = turn.asker();
        return asker == null
                ? run(turn, new FutureTask<>(() -> readWithOne(turn, reading)))
                : runFor(
                        asker,
                        turn,
                        new FutureTask<>(() -> asker.ask(() -> readWithOne(turn, reading))));
    }

    /** Who leaves gives up his place. */
    private <T extends @Nullable Object> T runFor(Asker asker, Turn turn, FutureTask<T> task) {
        Runnable ending = () -> {
            if (!turn.isWanted()) {
                task.cancel(false);
            }
        };
        List<?> clients = places.enter(asker);
        asker.whenLeft(ending);
        try {
            return run(client(asker), task);
        } finally {
            asker.forget(ending);
            places.leave(clients);
        }
    }

    /** Whose turn it is. Who is not counted has turns of his own. */
    private static Object client(Asker asker) {
        return asker.clients().isEmpty() ? asker : asker.clients().getLast();
    }

    private <T extends @Nullable Object> T run(Object client, FutureTask<T> task) {
        try {
            line.add(client, task);
            return task.get();
        } catch (RejectedExecutionException closed) {
            throw new StorageException(Kind.UNAVAILABLE, "The storage is closed.", closed);
        } catch (CancellationException left) {
            throw new Ended();
        } catch (ExecutionException failure) {
            throw unchecked(failure.getCause());
        } catch (InterruptedException interruption) {
            task.cancel(false);
            Thread.currentThread().interrupt();
            throw new StorageException(Kind.UNAVAILABLE, "The read was interrupted.", interruption);
        }
    }

    private <T extends @Nullable Object> T readWithOne(Turn turn, Function<Snapshot, T> reading) {
        if (!turn.isWanted()) {
            throw new Ended();
        }
        Reader reader = idle.remove();
        try {
            return reader.read(turn, reading);
        } finally {
            idle.add(reader);
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

    /** Takes no more readings. */
    void shut() {
        threads.shutdown();
    }

    /** Waits for the readings that have come and closes the connections. */
    @Override
    public void close() {
        shut();
        if (!ended()) {
            LOG.error("A read does not end; its connection stays open");
        }
        for (Reader reader = idle.poll(); reader != null; reader = idle.poll()) {
            reader.close();
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
}
