package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.genstore.resource.Target;

import org.junit.jupiter.api.Test;

import java.util.concurrent.RejectedExecutionException;

class WatcherTest {
    private static final Watch NOTES = new Watch(new Target.InCollection("notes"), DataMode.FULL);
    private static final Watch PATCHES =
            new Watch(new Target.InCollection("notes"), DataMode.PATCH);

    private static final Hub.Limits SMALL_WINDOW = new Hub.Limits(4_000, 1 << 20, 14_000, 30_000);

    private final HubRig rig = new HubRig(Hub.Limits.DEFAULT);
    private final HubRig.Client client = new HubRig.Client();

    @Test
    void who_begins_now_is_told_at_once_that_it_is_synced_and_then_what_changes() {
        rig.put("notes", "1");
        Watcher watcher = rig.watch(NOTES, new Start.Now(), client);
        rig.settle(watcher, client);
        assertThat(client.heard()).containsExactly("synced 1");
        rig.put("notes", "2");
        rig.settle(watcher, client);
        assertThat(client.heard()).containsExactly("created 2 behind 1");
    }

    @Test
    void who_comes_back_gets_what_it_missed_and_is_synced_behind_it() {
        rig.put("notes", "1");
        rig.put("notes", "2");
        rig.put("tasks", "1");
        Watcher watcher = rig.watch(NOTES, HubRig.since("e1", 1), client);
        rig.settle(watcher, client);
        assertThat(client.heard()).containsExactly("created 2 behind 1", "synced 3");
    }

    /** Else who writes, and then watches from before that, might be synced without its own write. */
    @Test
    void nobody_is_synced_before_it_was_told_what_was_there_when_it_came() {
        Watcher watcher = rig.watch(NOTES, new Start.Now(), client);
        rig.settle(watcher, client);
        client.heard();
        rig.put("notes", "1");
        rig.put("tasks", "1");
        var other = new HubRig.Client();
        Watcher late = rig.watch(NOTES, HubRig.since("e1", 0), other);
        HubRig.runAll(rig.readings);
        HubRig.runAll(rig.tasks);
        HubRig.take(late, other);
        assertThat(other.heard()).containsExactly("created 1 behind 0", "synced 2");
        rig.settle(late, other);
        assertThat(other.heard()).isEmpty();
    }

    @Test
    void who_comes_back_is_synced_once_and_at_the_end_although_there_was_silence_meanwhile() {
        Watcher first = rig.watch(NOTES, new Start.Now(), new HubRig.Client());
        rig.put("notes", "1");
        rig.hub.advance();
        rig.nowMillis += 14_000;
        rig.sweep();
        rig.put("notes", "2");
        rig.hub.advance();
        Watcher watcher = rig.watch(NOTES, HubRig.since("e1", 0), client);
        rig.settle(watcher, client);
        assertThat(client.heard())
                .containsExactly("created 1 behind 0", "created 2 behind 1", "synced 2");
        first.close();
    }

    @Test
    void a_busy_client_is_given_nothing_and_then_all_at_once() {
        Watcher watcher = rig.watch(NOTES, new Start.Now(), client);
        rig.put("notes", "1");
        rig.put("notes", "2");
        rig.hub.advance();
        HubRig.runAll(rig.tasks);
        assertThat(client.heard()).containsExactly("synced 0");
        HubRig.take(watcher, client);
        assertThat(client.heard()).containsExactly("created 1 behind 0", "created 2 behind 1");
    }

    @Test
    void who_comes_back_within_the_window_is_served_from_memory() {
        Watcher first = rig.watch(NOTES, new Start.Now(), new HubRig.Client());
        rig.put("notes", "1");
        rig.put("notes", "2");
        rig.hub.advance();
        Watcher watcher = rig.watch(NOTES, HubRig.since("e1", 1), client);
        assertThat(rig.readings).isEmpty();
        rig.settle(watcher, client);
        assertThat(client.heard()).containsExactly("created 2 behind 1", "synced 2");
        first.close();
    }

    @Test
    void who_fell_out_of_the_window_gets_all_of_it_from_the_log_and_is_live_again() {
        var small = new HubRig(SMALL_WINDOW);
        Watcher watcher = small.watch(NOTES, new Start.Now(), client);
        putWhileItIsBusy(small);
        small.settle(watcher, client);
        assertThat(client.heard())
                .startsWith("synced 0", "created 1 behind 0", "created 2 behind 1")
                .hasSize(202)
                .doesNotHaveDuplicates()
                .endsWith("updated 200 behind 199", "synced 200");
        small.put("notes", "1");
        small.hub.advance();
        HubRig.runAll(small.tasks);
        assertThat(small.readings).isEmpty();
        assertThat(client.heard()).containsExactly("created 201 behind 200");
    }

    @Test
    void who_fell_behind_retention_is_reset() {
        var small = new HubRig(SMALL_WINDOW);
        Watcher watcher = small.watch(NOTES, new Start.Now(), client);
        putWhileItIsBusy(small);
        small.stored.trim(150);
        small.settle(watcher, client);
        assertThat(client.told.get(1).path("data").path("reason").asString())
                .isEqualTo("history-gone");
        assertThat(client.heard())
                .containsExactly(
                        "synced 0",
                        "reset 0",
                        "created 199 behind 0",
                        "created 200 behind 199",
                        "synced 200");
    }

    private static void putWhileItIsBusy(HubRig rig) {
        for (int i = 1; i <= 200; i++) {
            rig.put("notes", i % 2 == 0 ? "even" : "odd");
            rig.hub.advance();
            HubRig.runAll(rig.tasks);
        }
    }

    /** The deletion is in the window, but the state behind a reset has no trace of it. */
    @Test
    void behind_a_reset_no_event_names_a_prev_that_the_client_was_not_told() {
        Watcher first = rig.watch(NOTES, new Start.Now(), new HubRig.Client());
        rig.put("notes", "1");
        rig.put("notes", "2");
        rig.delete("notes", "2");
        rig.hub.advance();
        Watcher watcher = rig.watch(NOTES, HubRig.since("e2", 1), client);
        readState(watcher);
        rig.put("notes", "3");
        rig.hub.advance();
        rig.settle(watcher, client);
        assertThat(client.heard())
                .containsExactly("reset 0", "created 1 behind 0", "synced 3", "created 4 behind 3");
        first.close();
    }

    /** It moved behind the state before it was told, so the client lacks it until the log brings it. */
    @Test
    void behind_a_reset_nobody_is_synced_before_what_moved_meanwhile_is_told_whole() {
        rig.put("notes", "1");
        rig.put("notes", "2");
        rig.hub.advance();
        Watcher watcher = rig.watch(PATCHES, HubRig.since("e2", 1), client);
        HubRig.runAll(rig.readings);
        rig.put("notes", "2");
        HubRig.runAll(rig.tasks);
        HubRig.take(watcher, client);
        readState(watcher);
        rig.settle(watcher, client);
        assertThat(client.told.get(2).has("patch")).isFalse();
        assertThat(client.heard())
                .containsExactly("reset 0", "created 1 behind 0", "updated 3 behind 1", "synced 3");
    }

    @Test
    void what_is_patched_when_the_state_is_told_is_a_patch() {
        rig.put("notes", "1");
        Watcher watcher = rig.watch(PATCHES, HubRig.since("e2", 1), client);
        rig.settle(watcher, client);
        client.heard();
        rig.put("notes", "1");
        rig.settle(watcher, client);
        assertThat(client.told.getFirst().has("patch")).isTrue();
    }

    @Test
    void who_is_closed_while_it_reads_is_told_nothing_more() {
        rig.put("notes", "1");
        rig.hub.advance();
        Watcher watcher = rig.watch(NOTES, HubRig.since("e1", 0), client);
        assertThat(rig.readings).hasSize(1);
        watcher.close();
        watcher.close();
        HubRig.runAll(rig.readings);
        HubRig.runAll(rig.tasks);
        watcher.line().written();
        assertThat(client.heard()).isEmpty();
        assertThat(rig.hub.feedCount()).isZero();
    }

    @Test
    void a_reading_that_fails_ends_the_watcher_whatever_it_failed_of() {
        rig.put("notes", "1");
        rig.hub.advance();
        rig.framing = event -> {
            throw new AssertionError("planned");
        };
        rig.watch(NOTES, HubRig.since("e1", 0), client);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> HubRig.runAll(rig.readings))
                .withMessage("planned");
        HubRig.runAll(rig.tasks);
        assertThat(client.hasFailed).isTrue();
    }

    @Test
    void a_reading_that_ends_behind_its_loop_is_dropped() {
        rig.put("notes", "1");
        rig.hub.advance();
        rig.watch(NOTES, HubRig.since("e1", 0), client);
        rig.executor = task -> {
            throw new RejectedExecutionException("planned");
        };
        HubRig.runAll(rig.readings);
        assertThat(client.heard()).isEmpty();
        assertThat(client.hasFailed).isFalse();
    }

    @Test
    void its_lag_is_what_it_has_not_been_told() {
        Watcher watcher = rig.watch(NOTES, new Start.Now(), client);
        rig.put("notes", "1");
        rig.put("notes", "2");
        rig.hub.advance();
        rig.sweep();
        assertThat(rig.loop.lagRevisionsMax()).isEqualTo(2);
        rig.settle(watcher, client);
        rig.sweep();
        assertThat(rig.loop.lagRevisionsMax()).isZero();
    }

    /** Reads the state behind a reset, up to the task that brings its end. */
    private void readState(Watcher watcher) {
        for (int page = 0; page < 2; page++) {
            HubRig.runAll(rig.readings);
            HubRig.runAll(rig.tasks);
            HubRig.take(watcher, client);
        }
        HubRig.runAll(rig.readings);
    }
}
