package dev.genstore.server.remote;

import dev.genstore.server.remote.RemoteFailure.Kind;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * A watch that comes back to where it was when its connection is lost: it tells each event once, in
 * order.
 *
 * <p>Confined to the thread that runs it.
 */
public final class Following {
    /** The server says something every 15 s. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(40);

    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long PAUSE_MILLIS_MAX = 30_000;

    private final Remote remote;
    private final Place watched;
    private final Listener listener;
    private final Consumer<String> notices;
    private Optional<String> position;
    private boolean hasBegun;
    private long pauseMillis = FIRST_PAUSE_MILLIS;

    /** Hears what is told. */
    @FunctionalInterface
    public interface Listener {
        /** Returns whether to go on. What it has not returned from is told again. */
        boolean hear(Event event) throws InterruptedException;
    }

    /**
     * A watch that has not begun.
     *
     * @param since the position behind which it begins; without one, from now on
     * @param notices is told of lost connections
     */
    public Following(
            Remote remote,
            Place watched,
            Optional<String> since,
            Listener listener,
            Consumer<String> notices) {
        this.remote = remote;
        this.watched = watched;
        this.position = since;
        this.listener = listener;
        this.notices = notices;
    }

    /**
     * Goes on until the listener has enough.
     *
     * @throws RemoteFailure when the server refuses, or there was none from the beginning
     */
    public void run() throws InterruptedException {
        while (true) {
            try (Lines lines = remote.lines(watched.with("since", position))) {
                hasBegun = true;
                if (!read(lines)) {
                    return;
                }
                lost("the server has ended it");
            } catch (IOException failure) {
                lost(String.valueOf(failure.getMessage()));
            } catch (RemoteFailure failure) {
                if (!hasBegun || failure.kind() != Kind.UNAVAILABLE) {
                    throw failure;
                }
                lost(remote.server() + " does not answer");
            }
        }
    }

    /** Returns whether there is more to come. */
    private boolean read(Lines lines) throws IOException, InterruptedException {
        @Nullable String line = lines.next(SILENCE_MAX);
        while (line != null) {
            Event event = Event.of(line);
            boolean goesOn = listener.hear(event);
            position = Optional.of(event.id());
            pauseMillis = FIRST_PAUSE_MILLIS;
            if (!goesOn) {
                return false;
            }
            line = lines.next(SILENCE_MAX);
        }
        return true;
    }

    /** Waits for a part of a time that doubles, so that those who were lost together do not come so. */
    private void lost(String why) throws InterruptedException {
        notices.accept("The watch is interrupted: " + why + ". It is tried again"
                + position.map(known -> " from " + known).orElse("") + ".");
        Thread.sleep(ThreadLocalRandom.current().nextLong(pauseMillis));
        pauseMillis = Math.min(2 * pauseMillis, PAUSE_MILLIS_MAX);
    }
}
