package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.changelog.StoredLog;
import dev.genstore.resource.Change;
import dev.genstore.resource.Target;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What watchers are told of writes that were done as one. */
class BatchEventsTest {
    private static final Watch NOTES = new Watch(new Target.InCollection("notes"), DataMode.FULL);
    private static final int PLENTY = 1 << 20;

    private final HubRig rig = new HubRig(Hub.Limits.DEFAULT);
    private final HubRig.Client client = new HubRig.Client();

    @Test
    void each_event_of_a_batch_names_the_last_change_of_it() {
        var stored = new StoredLog();
        stored.put("notes", "1", "{}");
        var encoder = new EventEncoder(StoredLog.EPOCH, NOTES);
        for (Change change : stored.batch("notes/2", "notes/3")) {
            assertThat(Lines.read(encoder.change(Sights.of(change), 1))
                            .get("commit")
                            .stringValue())
                    .isEqualTo("e1-3");
        }
        Change alone = stored.put("notes", "4", "{}");
        assertThat(Lines.read(encoder.change(Sights.of(alone), 1)).has("commit"))
                .isFalse();
    }

    @Test
    void a_state_behind_a_reset_names_no_batch() {
        Change change = rig.stored.batch("notes/1", "notes/2").getFirst();
        var encoder = new EventEncoder(StoredLog.EPOCH, NOTES);
        assertThat(Lines.read(encoder.change(
                                Sights.ofPresent(Objects.requireNonNull(change.after())), 0))
                        .has("commit"))
                .isFalse();
    }

    @Test
    void what_changes_while_a_state_is_told_names_no_batch_and_has_no_end_of_one() {
        rig.put("notes", "1");
        var catchUp = new CatchUp(rig.changelog, InstantSource.fixed(Instant.EPOCH));
        rig.batch("notes/2", "tasks/1");
        rig.batch("notes/3", "tasks/2");
        Page page = catchUp.next(NOTES, new Progress.Log(1, 1, 3), PLENTY);
        assertThat(Lines.brief(page.events().stream().map(Lines::read).toList()))
                .containsExactly("created 2 behind 1", "created 4 behind 2", "synced 5");
        assertThat(Lines.read(page.events().getFirst()).has("commit")).isFalse();
        assertThat(Lines.read(page.events().get(1)).has("commit")).isTrue();
    }

    @Test
    void a_synced_follows_where_the_last_change_is_not_watched() {
        Watcher watcher = live();
        rig.batch("notes/1", "tasks/1", "notes/2", "tasks/2");
        rig.settle(watcher, client);
        assertThat(client.heard())
                .containsExactly("created 1 behind 0", "created 3 behind 1", "synced 4");
        rig.put("notes", "3");
        rig.settle(watcher, client);
        assertThat(client.heard()).containsExactly("created 5 behind 4");
    }

    @Test
    void no_synced_follows_where_the_last_change_is_watched_or_none_is() {
        Watcher watcher = live();
        rig.batch("tasks/1", "notes/1");
        rig.batch("tasks/2", "tasks/3");
        rig.settle(watcher, client);
        assertThat(client.heard()).containsExactly("created 2 behind 0");
    }

    @Test
    void a_batch_that_the_hub_reads_in_pieces_has_one_end() {
        Watcher watcher = live();
        rig.changelog.committed(
                rig.stored.batch("notes/1", "tasks/1", "tasks/2").subList(0, 1));
        rig.settle(watcher, client);
        assertThat(client.heard()).containsExactly("created 1 behind 0");
        rig.changelog.committed(restAbove(1));
        rig.settle(watcher, client);
        assertThat(client.heard()).containsExactly("synced 3");
    }

    /** Its catch-up ends in the middle, as far as the log is known then. */
    @Test
    void who_comes_in_the_middle_of_a_batch_is_told_its_end() {
        rig.changelog.committed(
                rig.stored.batch("notes/1", "tasks/1", "tasks/2").subList(0, 2));
        rig.hub.advance();
        Watcher watcher = rig.watch(NOTES, HubRig.since(StoredLog.EPOCH, 0), client);
        rig.settle(watcher, client);
        assertThat(client.heard()).containsExactly("created 1 behind 0", "synced 2");
        rig.changelog.committed(restAbove(2));
        rig.settle(watcher, client);
        assertThat(client.heard()).containsExactly("synced 3");
    }

    @Test
    void a_position_inside_a_batch_gives_the_rest_of_it() {
        rig.batch("notes/1", "notes/2", "tasks/1", "notes/3", "tasks/2");
        rig.batch("tasks/3", "tasks/4");
        assertThat(pages(0, PLENTY))
                .containsExactly(
                        "created 1 behind 0",
                        "created 2 behind 1",
                        "created 4 behind 2",
                        "synced 5");
        assertThat(pages(1, PLENTY))
                .containsExactly("created 2 behind 1", "created 4 behind 2", "synced 5");
        assertThat(pages(4, PLENTY)).containsExactly("synced 5");
        assertThat(pages(5, PLENTY)).isEmpty();
    }

    @Test
    void pages_of_any_size_say_the_same() {
        rig.batch("notes/1", "tasks/1", "notes/2", "tasks/2");
        rig.batch("notes/3", "notes/4");
        assertThat(pages(0, 1)).isEqualTo(pages(0, PLENTY)).hasSize(5);
    }

    @Test
    void a_window_that_was_lost_in_a_batch_costs_nobody_its_end() {
        Watcher watcher = live();
        rig.framing = Lines.FRAMING;
        rig.changelog.committed(rig.stored.batch("notes/1", "tasks/1").subList(0, 1));
        rig.hub.advance();
        Feed feed = rig.hub.subscribe(NOTES, Lines.FRAMING, () -> {});
        while (feed.log().oldest() != null) {
            feed.log().dropOldest();
        }
        rig.changelog.committed(restAbove(1));
        rig.settle(watcher, client);
        assertThat(client.heard()).contains("created 1 behind 0", "synced 2");
    }

    private Watcher live() {
        Watcher watcher = rig.watch(NOTES, new Start.Now(), client);
        rig.settle(watcher, client);
        assertThat(client.heard()).containsExactly("synced 0");
        return watcher;
    }

    private List<Change> restAbove(long revision) {
        return rig.stored.read(snapshot -> snapshot.changes(revision, 100, Long.MAX_VALUE));
    }

    private List<String> pages(long since, int bytesMax) {
        var catchUp = new CatchUp(rig.changelog, InstantSource.fixed(Instant.EPOCH));
        var told = new ArrayList<String>();
        Progress progress = catchUp.begin(HubRig.since(StoredLog.EPOCH, since));
        boolean more = true;
        while (more) {
            Page page = catchUp.next(NOTES, progress, bytesMax);
            told.addAll(Lines.brief(page.events().stream().map(Lines::read).toList()));
            progress = page.progress();
            more = !page.atHead();
        }
        return told;
    }
}
