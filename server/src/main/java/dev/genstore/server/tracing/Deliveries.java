package dev.genstore.server.tracing;

import dev.genstore.hub.FollowedChanges;
import dev.genstore.hub.FollowedChanges.Followed;
import dev.genstore.store.CommitFollower.Commit;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Makes one span of how a change is told to all who watch live: from when it was durable until it was
 * given to the last socket. Nobody can know which one will be the last; so it ends when none was given
 * it for a second. One of those that are so far behind is not waited for.
 *
 * <p>Thread-safe.
 */
final class Deliveries implements AutoCloseable {
    static final AttributeKey<Long> REVISION = AttributeKey.longKey("genstore.revision");

    /** How many are followed at a time; of others the span is left out. */
    static final int OPEN_MAX = 1_000;

    private static final AttributeKey<Long> COUNT = AttributeKey.longKey("genstore.deliveries");
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Where there is always one more who is just behind. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Tracer tracer;
    private final FollowedChanges changes;
    private final Set<Delivery> open = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor later = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("genstore-tracing").factory());

    /** One that has not ended, as far as is known. */
    private record Delivery(Followed followed, Commit commit, Context parent, Moments moments) {
        /** When it was last seen that it has not. */
        long lastNanos() {
            return followed.count() == 0 ? commit.durableNanos() : followed.lastNanos();
        }
    }

    Deliveries(Tracer tracer, FollowedChanges changes) {
        this.tracer = tracer;
        this.changes = changes;
    }

    /** Follows what was committed; called before the hub hears of it. */
    void follow(Commit commit, Context parent, Moments moments) {
        Followed followed = changes.follow(commit.first(), commit.last());
        if (followed != null) {
            var delivery = new Delivery(followed, commit, parent, moments);
            open.add(delivery);
            look(delivery, QUIET_NANOS);
        }
    }

    private void look(Delivery delivery, long afterNanos) {
        try {
            ScheduledFuture<?> _ =
                    later.schedule(() -> look(delivery), afterNanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException stopped) {
            end(delivery);
        }
    }

    private void look(Delivery delivery) {
        long nowNanos = System.nanoTime();
        long quietNanos = nowNanos - delivery.lastNanos();
        long sinceNanos = nowNanos - delivery.commit.durableNanos();
        if (quietNanos >= QUIET_NANOS || sinceNanos >= LONGEST_NANOS) {
            end(delivery);
        } else {
            look(delivery, QUIET_NANOS - quietNanos);
        }
    }

    /** Where nobody watches there is no delivery. */
    private void end(Delivery delivery) {
        if (!open.remove(delivery)) {
            return;
        }
        changes.forget(delivery.followed);
        long count = delivery.followed.count();
        if (count > 0) {
            tracer.spanBuilder("deliver")
                    .setParent(delivery.parent)
                    .setStartTimestamp(delivery.moments.at(delivery.commit.durableNanos()))
                    .setAttribute(REVISION, delivery.commit.last())
                    .setAttribute(COUNT, count)
                    .startSpan()
                    .end(delivery.moments.at(delivery.lastNanos()));
        }
    }

    /** Ends them all, as nobody is told anything any more. */
    @Override
    public void close() {
        later.shutdownNow();
        open.forEach(this::end);
    }
}
