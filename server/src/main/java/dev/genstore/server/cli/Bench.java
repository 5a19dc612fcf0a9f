package dev.genstore.server.cli;

import dev.genstore.server.remote.Call;
import dev.genstore.server.remote.Event;
import dev.genstore.server.remote.Lines;
import dev.genstore.server.remote.Place;
import dev.genstore.server.remote.Remote;
import dev.genstore.server.remote.RemoteFailure;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Writers and watchers of one collection. Each write says when it was begun, so that a watcher knows how long
 * it took until it was told.
 *
 * <p>Confined to the thread that runs it.
 */
final class Bench implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int TRIES_MAX = 20;

    private final Remote remote;
    private final int writers;
    private final int watchers;
    private final Place collection =
            Place.of("bench-" + UUID.randomUUID().toString().substring(0, 8));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Lines> open = new ArrayList<>();
    private volatile boolean isLimited;

    /** What was measured in so many seconds. */
    record Result(double seconds, Latencies writes, Latencies deliveries) {}

    Bench(Remote remote, int writers, int watchers) {
        this.remote = remote;
        this.writers = writers;
        this.watchers = watchers;
    }

    Result run(Duration duration) throws InterruptedException {
        List<CompletableFuture<Latencies>> watching = new ArrayList<>();
        for (int i = 0; i < watchers; i++) {
            Lines lines = synced();
            open.add(lines);
            watching.add(CompletableFuture.supplyAsync(() -> watch(lines), threads));
        }
        long begun = System.nanoTime();
        long end = begun + duration.toNanos();
        List<CompletableFuture<Latencies>> writing = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            Place place = collection.member("writer-" + i);
            writing.add(CompletableFuture.supplyAsync(() -> write(place, end), threads));
        }
        Latencies writes = merged(writing);
        double seconds = (System.nanoTime() - begun) / 1e9;
        Latencies deliveries = told(watching);
        return new Result(seconds, writes, deliveries);
    }

    /** A watch that has begun. */
    private Lines synced() throws InterruptedException {
        Lines lines = remote.lines(collection);
        try {
            @Nullable String line = lines.next(PATIENCE);
            if (line != null && Event.of(line).isSynced()) {
                return lines;
            }
            throw new IOException("it was not told that it has begun");
        } catch (IOException failure) {
            lines.close();
            throw new CommandFailure("A watch does not begin: " + failure.getMessage() + ".");
        }
    }

    private Latencies write(Place place, long end) {
        var latencies = new Latencies();
        long begun = System.nanoTime();
        while (begun - end < 0) {
            String body = "{\"sent\":\"" + begun + "\"}";
            Call call = Call.of("PUT", place)
                    .sending("application/json", body)
                    .with("Prefer", "return=minimal");
            if (!isTaken(call)) {
                break;
            }
            long done = System.nanoTime();
            latencies.add(done - begun);
            begun = done;
        }
        return latencies;
    }

    /** What is over a limit of the server ends a writer: it would measure the limit. */
    private boolean isTaken(Call call) {
        try {
            remote.send(call);
            return true;
        } catch (RemoteFailure failure) {
            if (!failure.isTooOften()) {
                throw failure;
            }
            isLimited = true;
            return false;
        }
    }

    /** Whether writers have ended before their time. */
    boolean isLimited() {
        return isLimited;
    }

    /** Until the resource that {@link #told} writes last. */
    private static Latencies watch(Lines lines) {
        var latencies = new Latencies();
        try {
            @Nullable String line = lines.next(PATIENCE);
            while (line != null) {
                Event event = Event.of(line);
                if (event.subject().equals("end")) {
                    return latencies;
                }
                String sent = event.tree().path("data").path("sent").asString("");
                if (!sent.isEmpty()) {
                    latencies.add(System.nanoTime() - Long.parseLong(sent));
                }
                line = lines.next(PATIENCE);
            }
        } catch (IOException failure) {
            throw new CommandFailure("A watch is lost: " + failure.getMessage() + ".");
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
        throw new CommandFailure("A watch has ended.");
    }

    private Latencies told(List<CompletableFuture<Latencies>> watching) {
        patiently(Call.of("PUT", collection.member("end")).sending("application/json", "{}"));
        return merged(watching);
    }

    private static Latencies merged(List<CompletableFuture<Latencies>> parts) {
        return Latencies.merged(parts.stream().map(Bench::joined).toList());
    }

    private static Latencies joined(CompletableFuture<Latencies> part) {
        try {
            return part.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    /** Takes away what it has written, as far as it can. */
    @Override
    public void close() {
        open.forEach(Lines::close);
        threads.shutdownNow();
        delete(collection.member("end"));
        for (int i = 0; i < writers; i++) {
            delete(collection.member("writer-" + i));
        }
    }

    /** Sends what has to be done whatever it takes. */
    private void patiently(Call call) {
        for (int tries = 0; !isTaken(call) && tries < TRIES_MAX; tries++) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void delete(Place place) {
        try {
            patiently(Call.of("DELETE", place));
        } catch (RemoteFailure ignored) {
            // It was never written, or the server is gone.
        }
    }
}
