package dev.genstore.server.remote;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The lines of an answer that goes on. Some are read ahead, so that it is noticed when none come; whoever
 * reads slowly still holds the server back.
 *
 * <p>One thread reads; any may close it.
 */
public final class Lines implements AutoCloseable {
    private static final int AHEAD_MAX = 64;

    private final BlockingQueue<Told> told = new ArrayBlockingQueue<>(AHEAD_MAX);
    private final InputStream stream;
    private final Thread thread;

    /** A line, or the end, for a reason if there is one. */
    private record Told(@Nullable String line, @Nullable IOException failure) {}

    Lines(InputStream stream) {
        this.stream = stream;
        thread = Thread.ofVirtual().name("genstore-lines").start(this::read);
    }

    /**
     * Waits for the next line.
     *
     * @return null at the end
     * @throws IOException when the connection is lost, or nothing has come for so long
     */
    public @Nullable String next(Duration patience) throws IOException, InterruptedException {
        Told next = told.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
            throw new IOException("nothing has come for " + patience.toSeconds() + " s");
        }
        if (next.failure != null) {
            throw next.failure;
        }
        return next.line;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            stream.close();
        } catch (IOException ignored) {
            // It is not wanted any more.
        }
    }

    private void read() {
        try {
            told.put(new Told(null, readAll()));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns why it ended, or null when the server has ended it. */
    private @Nullable IOException readAll() throws InterruptedException {
        try (var in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                told.put(new Told(line, null));
            }
            return null;
        } catch (IOException failure) {
            return failure;
        }
    }
}
