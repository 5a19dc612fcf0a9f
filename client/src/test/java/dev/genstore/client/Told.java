package dev.genstore.client;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;

/** A subscriber that asks when it is told to, and remembers everything. Thread-safe. */
final class Told implements Flow.Subscriber<Event<?>> {
    private final List<Event<?>> events = new ArrayList<>();
    private Flow.@Nullable Subscription subscription;
    private @Nullable Throwable failure;
    private boolean isOver;

    /** The same for any type. */
    <T> Flow.Subscriber<Event<T>> as() {
        return failingWith(null);
    }

    /** The same, but with a bug at each event. */
    <T> Flow.Subscriber<Event<T>> failingWith(@Nullable RuntimeException bug) {
        return new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription begun) {
                Told.this.onSubscribe(begun);
            }

            @Override
            public void onNext(Event<T> event) {
                if (bug != null) {
                    throw bug;
                }
                Told.this.onNext(event);
            }

            @Override
            public void onError(Throwable why) {
                Told.this.onError(why);
            }

            @Override
            public void onComplete() {
                Told.this.onComplete();
            }
        };
    }

    void ask(long count) {
        Flow.Subscription asked;
        synchronized (this) {
            asked = subscription;
        }
        if (asked != null) {
            asked.request(count);
        }
    }

    void cancel() {
        Flow.Subscription cancelled;
        synchronized (this) {
            cancelled = subscription;
        }
        if (cancelled != null) {
            cancelled.cancel();
        }
    }

    synchronized List<Event<?>> events() {
        return List.copyOf(events);
    }

    synchronized List<String> ids() {
        return events.stream().map(Event::id).toList();
    }

    synchronized @Nullable Throwable failure() {
        return failure;
    }

    synchronized boolean isOver() {
        return isOver;
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription begun) {
        subscription = begun;
    }

    @Override
    public synchronized void onNext(Event<?> event) {
        events.add(event);
    }

    @Override
    public synchronized void onError(Throwable why) {
        failure = why;
    }

    @Override
    public synchronized void onComplete() {
        isOver = true;
    }
}
