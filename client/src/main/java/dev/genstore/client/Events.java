package dev.genstore.client;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A watch for a thread that waits for each event. A thread that is interrupted while it waits is
 * told that there is no further one, and stays interrupted.
 *
 * <p>Confined to one thread, but for {@link #close}, which ends the waiting of another.
 */
public final class Events<T> implements Iterable<Event<T>>, AutoCloseable {
    private static final int AHEAD = 16;

    /** An event, a failure, or neither: the end. */
    private record Signal<T>(
            @Nullable Event<T> event, @Nullable Throwable failure) {}

    private final BlockingQueue<Signal<T>> signals = new LinkedBlockingQueue<>();
    private final Reading reading = new Reading();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean isClosed;
    private @Nullable Signal<T> next;

    Events() {}

    Flow.Subscriber<Event<T>> subscriber() {
        return reading;
    }

    /** The events that are still to come; all iterators are the same. */
    @Override
    public Iterator<Event<T>> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return Events.this.hasNext();
            }

            @Override
            public Event<T> next() {
                return Events.this.next();
            }
        };
    }

    /** Waits for the next event. Fails with why there is none, if that was not {@link #close}. */
    public boolean hasNext() {
        try {
            if (next == null) {
                next = signals.take();
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return false;
        }
        return check(next);
    }

    /** Waits for the next event; fails where there is none. */
    public Event<T> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return take();
    }

    /** The next event, if it comes in this time; empty at the end, too. */
    public Optional<Event<T>> next(Duration within) {
        try {
            if (next == null) {
                next = signals.poll(within.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
        return next == null || !check(next) ? Optional.empty() : Optional.of(take());
    }

    /** Ends it; what was not read is not told any more. */
    @Override
    public void close() {
        isClosed = true;
        Flow.Subscription open = subscription;
        if (open != null) {
            open.cancel();
        }
        signals.add(new Signal<>(null, null));
    }

    private boolean check(Signal<T> signal) {
        if (isClosed) {
            return false;
        }
        if (signal.failure() instanceof RuntimeException failure) {
            throw failure;
        }
        return signal.event() != null;
    }

    private Event<T> take() {
        Signal<T> taken = next;
        next = null;
        Flow.Subscription open = subscription;
        if (open != null) {
            open.request(1);
        }
        if (taken == null || taken.event() == null) {
            throw new NoSuchElementException();
        }
        return taken.event();
    }

    /** What the watch tells, on its threads. */
    private final class Reading implements Flow.Subscriber<Event<T>> {
        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription = begun;
            begun.request(AHEAD);
        }

        @Override
        public void onNext(Event<T> event) {
            signals.add(new Signal<>(event, null));
        }

        @Override
        public void onError(Throwable failure) {
            signals.add(new Signal<>(null, failure));
        }

        @Override
        public void onComplete() {
            signals.add(new Signal<>(null, null));
        }
    }
}
