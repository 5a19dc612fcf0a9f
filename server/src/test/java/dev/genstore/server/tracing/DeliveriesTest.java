package dev.genstore.server.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.hub.FollowedChanges;
import dev.genstore.store.CommitFollower.Commit;

import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;

import org.junit.jupiter.api.Test;

/** {@link Deliveries}. */
class DeliveriesTest {
    @Test
    void only_so_many_are_followed_at_a_time_and_when_they_have_ended_others_are() {
        var changes = new FollowedChanges(Deliveries.OPEN_MAX);
        var deliveries = new Deliveries(TracerProvider.noop().get("test"), changes);
        for (int revision = 1; revision <= Deliveries.OPEN_MAX + 10; revision++) {
            deliveries.follow(commit(revision), Context.root(), Moments.now());
        }
        assertThat(changes.follow(9_999, 9_999)).isNull();
        deliveries.close();
        assertThat(changes.follow(9_999, 9_999)).isNotNull();
    }

    @Test
    void what_comes_when_it_has_ended_ends_at_once() {
        var changes = new FollowedChanges(1);
        var deliveries = new Deliveries(TracerProvider.noop().get("test"), changes);
        deliveries.close();
        deliveries.follow(commit(1), Context.root(), Moments.now());
        assertThat(changes.follow(2, 2)).isNotNull();
    }

    private static Commit commit(long revision) {
        long nowNanos = System.nanoTime();
        return new Commit(revision, revision, 1, nowNanos, nowNanos, nowNanos);
    }
}
