package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.hub.FollowedChanges.Followed;
import dev.genstore.resource.Target;

import org.junit.jupiter.api.Test;

import java.util.Objects;

/** {@link FollowedChanges}, as loops tell of them. */
class FollowedChangesTest {
    private static final Watch NOTES = new Watch(new Target.InCollection("notes"), DataMode.FULL);
    private static final Watch TASKS = new Watch(new Target.InCollection("tasks"), DataMode.FULL);

    private final HubRig rig = new HubRig(Hub.Limits.DEFAULT);

    @Test
    void each_socket_that_is_given_a_change_counts_once() {
        join(NOTES, 0, 300);
        join(TASKS, 300, 10);
        Followed first = follow(1, 1);
        Followed second = follow(2, 2);
        long beforeNanos = System.nanoTime();
        rig.put("notes", "1");
        tell();
        assertThat(first.count()).isEqualTo(300);
        assertThat(first.lastNanos() - beforeNanos).isNotNegative();
        assertThat(second.count()).isZero();
        rig.put("tasks", "1");
        tell();
        assertThat(first.count()).isEqualTo(300);
        assertThat(second.count()).isEqualTo(10);
    }

    @Test
    void so_does_one_that_is_given_it_another_way() {
        var plain = new HubRig.Client();
        Watcher watcher = rig.watch(NOTES, new Start.Now(), plain);
        HubRig.take(watcher, plain);
        HubRig.Client slow = rig.sockets.open(1);
        rig.watch(NOTES, new Start.Now(), slow);
        slow.room = 10;
        Followed followed = follow(1, 1);
        rig.put("notes", "1");
        tell();
        assertThat(plain.heard()).contains("created 1 behind 0");
        assertThat(followed.count()).isEqualTo(2);
    }

    @Test
    void those_that_are_told_that_they_are_synced_do_not_count() {
        join(TASKS, 0, 3);
        Followed followed = follow(1, 1);
        rig.put("notes", "1");
        tell();
        rig.nowMillis += Hub.Limits.DEFAULT.silenceMillis();
        rig.sweep();
        join(NOTES, 3, 4);
        assertThat(followed.count()).isZero();
    }

    @Test
    void what_is_told_together_is_found_among_the_others() {
        join(NOTES, 0, 5);
        Followed followed = follow(2, 2);
        rig.put("notes", "1");
        rig.put("tasks", "1");
        rig.put("notes", "2");
        tell();
        assertThat(followed.count()).isZero();
        Followed later = follow(5, 5);
        rig.put("notes", "1");
        rig.put("notes", "2");
        rig.put("notes", "3");
        tell();
        assertThat(later.count()).isEqualTo(5);
    }

    @Test
    void of_a_batch_it_counts_who_is_told_a_part_of_it() {
        join(NOTES, 0, 5);
        Followed followed = follow(1, 3);
        rig.batch("tasks/1", "notes/1", "notes/2");
        tell();
        assertThat(followed.count()).isEqualTo(5);
    }

    @Test
    void one_too_many_is_not_followed_until_another_one_ends() {
        Followed first = follow(1, 1);
        follow(2, 2);
        assertThat(rig.followed.follow(3, 3)).isNull();
        rig.followed.forget(first);
        follow(3, 3);
        assertThat(rig.followed.follow(4, 4)).isNull();
    }

    @Test
    void without_any_there_is_nothing_to_do() {
        assertThat(FollowedChanges.NONE.follow(1, 1)).isNull();
        assertThat(FollowedChanges.NONE.isEmpty()).isTrue();
        Followed followed = follow(1, 1);
        assertThat(rig.followed.isEmpty()).isFalse();
        rig.followed.forget(followed);
        assertThat(rig.followed.isEmpty()).isTrue();
    }

    private Followed follow(long first, long last) {
        return Objects.requireNonNull(rig.followed.follow(first, last));
    }

    private void join(Watch watch, int from, int count) {
        for (int descriptor = from; descriptor < from + count; descriptor++) {
            HubRig.Client client = rig.sockets.open(descriptor);
            rig.watch(watch, new Start.Now(), client);
            assertThat(client.heard()).hasSize(1);
        }
    }

    private void tell() {
        while (rig.hub.advance() || HubRig.runAll(rig.tasks)) {}
    }
}
