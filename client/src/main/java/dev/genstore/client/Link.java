package dev.genstore.client;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * One connection as its {@link Follower} sees it: reading, or paused behind a portion, or dropped.
 *
 * <p>Confined to the follower's serial, in which it also tells what it hears.
 */
final class Link implements Transport.Ear {
    private final int rung;
    private final Executor serial;
    private final BiConsumer<Link, List<Message>> told;
    private final BiConsumer<Link, @Nullable Throwable> ended;
    private Transport.@Nullable Connection connection;
    private boolean isHeard;
    private boolean isPaused;
    private Runnable hush = () -> {};

    /** Counts what it has waited for, so that a time that is over can be too late. */
    private int waits;

    Link(
            int rung,
            Executor serial,
            BiConsumer<Link, List<Message>> told,
            BiConsumer<Link, @Nullable Throwable> ended) {
        this.rung = rung;
        this.serial = serial;
        this.told = told;
        this.ended = ended;
    }

    void connect(Transport transport, String target, boolean refused) {
        connection = transport.open(target, refused, this);
    }

    int rung() {
        return rung;
    }

    boolean isHeard() {
        return isHeard;
    }

    void heard() {
        isHeard = true;
    }

    boolean isPaused() {
        return isPaused;
    }

    /**
     * A portion is here, and no other one was asked for: it may be silent as long as that is so.
     */
    void pause() {
        isPaused = true;
        hush();
    }

    void more() {
        isPaused = false;
        if (connection != null) {
            connection.more();
        }
    }

    /** Ends it when this time is over and nothing was told. */
    void within(Timer timer, Duration time) {
        hush();
        int wait = waits;
        hush = timer.after(
                time,
                () -> serial.execute(() -> {
                    if (wait == waits) {
                        ended.accept(this, null);
                    }
                }));
    }

    private void hush() {
        waits++;
        hush.run();
    }

    void drop() {
        hush();
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    @Override
    public void told(List<Message> portion) {
        serial.execute(() -> told.accept(this, portion));
    }

    @Override
    public void ended(@Nullable Throwable failure) {
        serial.execute(() -> ended.accept(this, failure));
    }
}
