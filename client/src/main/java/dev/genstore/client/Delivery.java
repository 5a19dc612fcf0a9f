package dev.genstore.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Flow;

/**
 * Brings what a follower hears to one subscriber, as it is asked for (Reactive Streams, 1.0.4). The
 * subscriber is called in a serial of its own, so it may take its time; no lock is held meanwhile.
 *
 * <p>Thread-safe.
 */
final class Delivery<T> implements Audience, Flow.Subscription {
    private final Telling<T> telling;
    private final Serial serial;
    private final int readAhead;

    @GuardedBy("this") private final Queue<Message> buffer = new ArrayDeque<>();

    @GuardedBy("this") private long demand;

    @GuardedBy("this") private boolean isFull;

    @GuardedBy("this") private boolean isOver;

    @GuardedBy("this") private @Nullable Throwable failure;

    @GuardedBy("this") private @Nullable Follower follower;

    private Runnable forget = () -> {};

    /** Null when it has been told that it is over, or wants to hear no more. */
    private volatile Flow.@Nullable Subscriber<? super Event<T>> subscriber;

    Delivery(Flow.Subscriber<? super Event<T>> subscriber, Telling<T> telling, Surroundings world) {
        this.subscriber = subscriber;
        this.telling = telling;
        this.serial = new Serial(world.executor());
        this.readAhead = world.readAhead();
    }

    /**
     * Tells the subscriber of this, and then begins to follow.
     *
     * @param whenOver is run when it is over, whoever ended it
     */
    void begin(Follower follows, Runnable whenOver) {
        forget = whenOver;
        synchronized (this) {
            follower = follows;
        }
        Flow.Subscriber<? super Event<T>> told = subscriber;
        if (told != null) {
            told.onSubscribe(this);
        }
        follows.start();
    }

    @Override
    public void request(long count) {
        synchronized (this) {
            if (count < 1) {
                fail(new IllegalArgumentException("a demand is at least 1, not " + count));
            } else {
                demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
            }
        }
        serial.execute(this::deliver);
    }

    @Override
    public void cancel() {
        subscriber = null;
        stop();
    }

    private void stop() {
        Follower stopped;
        synchronized (this) {
            buffer.clear();
            stopped = follower;
        }
        if (stopped != null) {
            stopped.stop();
        }
        forget.run();
    }

    @Override
    public boolean told(List<Message> events) {
        boolean hasRoom;
        synchronized (this) {
            if (isOver) {
                return false;
            }
            buffer.addAll(events);
            isFull = isFull || buffer.size() >= readAhead;
            hasRoom = !isFull;
        }
        serial.execute(this::deliver);
        return hasRoom;
    }

    @Override
    public void connected(boolean is) {}

    @Override
    public void failed(Problem problem) {
        synchronized (this) {
            isOver = true;
            failure = failure == null ? problem : failure;
        }
        serial.execute(this::deliver);
    }

    @Override
    public void closed() {
        synchronized (this) {
            isOver = true;
        }
        serial.execute(this::deliver);
    }

    /** What waits is not told any more. */
    private synchronized void fail(Throwable cause) {
        buffer.clear();
        isOver = true;
        failure = cause;
    }

    private void deliver() {
        for (Message next = next(); next != null && subscriber != null; next = next()) {
            deliver(next);
        }
        if (isDone()) {
            finish();
        }
    }

    private void deliver(Message message) {
        Event<T> event;
        try {
            event = telling.event(message);
        } catch (RuntimeException misfit) {
            fail(misfit);
            return;
        }
        Flow.Subscriber<? super Event<T>> told = subscriber;
        if (told != null) {
            tell(told, event);
        }
    }

    /** One that fails has broken its rules, and is told no more (rule 2.13). */
    private void tell(Flow.Subscriber<? super Event<T>> told, Event<T> event) {
        try {
            told.onNext(event);
        } catch (RuntimeException bug) {
            cancel();
            Serial.report(bug);
        }
    }

    private @Nullable Message next() {
        Message next = null;
        Follower hungry = null;
        synchronized (this) {
            if (demand > 0) {
                next = buffer.poll();
            }
            if (next != null && demand < Long.MAX_VALUE) {
                demand--;
            }
            if (isFull && buffer.size() <= readAhead / 2) {
                isFull = false;
                hungry = follower;
            }
        }
        if (hungry != null) {
            hungry.room();
        }
        return next;
    }

    private synchronized boolean isDone() {
        return isOver && buffer.isEmpty();
    }

    private void finish() {
        Flow.Subscriber<? super Event<T>> told = subscriber;
        subscriber = null;
        if (told == null) {
            return;
        }
        Throwable cause;
        synchronized (this) {
            cause = failure;
        }
        stop();
        if (cause == null) {
            told.onComplete();
        } else {
            told.onError(cause);
        }
    }
}
