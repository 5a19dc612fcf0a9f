package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.query.Selection;
import dev.genstore.query.Sort;
import dev.genstore.query.Top;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Live windows, with the real hub. */
class RankingWatchTest {
    private static final Selection BEST = best(2);
    private static final Watch WATCH = new Watch(BEST, DataMode.FULL);

    private HubRig rig = new HubRig(Hub.Limits.DEFAULT);
    private final HubRig.Client client = new HubRig.Client();

    private static Selection best(int limit) {
        return Selection.of(TopModel.GAMES).first(new Top(Sort.parse("-n"), limit));
    }

    private void put(String id, int score) {
        rig.put("games", id, "{\"n\":" + score + "}");
    }

    @BeforeEach
    void three_games() {
        put("a", 10);
        put("b", 30);
        put("c", 20);
    }

    /** One who was told of the window and of a first change in it. */
    private Watcher watching() {
        Watcher watcher = rig.watch(WATCH, new Start.Now(), client);
        put("b", 31);
        rig.settle(watcher, client);
        client.told.clear();
        return watcher;
    }

    private List<String> heard(Watcher watcher) {
        rig.settle(watcher, client);
        List<String> heard = client.told.stream()
                .map(event -> event.get("type").stringValue() + ' '
                        + event.path("subject").asString("") + ' '
                        + event.get("id").stringValue()
                        + " behind " + event.path("prev").asString("") + ' '
                        + event.path("data").path("_revision").asString(""))
                .toList();
        client.told.clear();
        return heard;
    }

    @Test
    void who_comes_is_told_what_the_window_shows() {
        Watcher watcher = rig.watch(WATCH, new Start.Now(), client);
        assertThat(heard(watcher))
                .containsExactly(
                        "created b e1-2 behind e1-0 2",
                        "created c e1-3 behind e1-2 3",
                        "synced  e1-3 behind  ");
    }

    @Test
    void all_who_come_at_once_share_one_reading() {
        List<HubRig.Client> crowd =
                IntStream.rangeClosed(1, 50).mapToObj(rig.sockets::open).toList();
        int reads = rig.stored.reads();
        crowd.forEach(each -> rig.watch(WATCH, new Start.Now(), each));
        HubRig.runAll(rig.readings);
        assertThat(rig.stored.reads() - reads).isEqualTo(1);
    }

    @Test
    void who_enters_pushes_the_last_one_out() {
        Watcher watcher = watching();
        put("d", 25);
        assertThat(heard(watcher))
                .containsExactly(
                        "deleted c e1-4.1 behind e1-4 3", "created d e1-5 behind e1-4.1 5");
    }

    @Test
    void who_leaves_makes_room_for_the_next_one_as_it_was_all_the_time() {
        Watcher watcher = watching();
        put("c", 1);
        put("b", 2);
        rig.delete("games", "a");
        assertThat(heard(watcher))
                .containsExactly(
                        "deleted c e1-4.1 behind e1-4 5",
                        "created a e1-5 behind e1-4.1 1",
                        "updated b e1-6 behind e1-5 6",
                        "deleted a e1-6.1 behind e1-6 7",
                        "created c e1-7 behind e1-6.1 5");
    }

    @Test
    void who_moves_in_the_window_is_updated_and_who_moves_behind_it_is_not_told() {
        Watcher watcher = watching();
        put("c", 99);
        put("a", 3);
        put("e", 4);
        rig.put("notes", "1");
        assertThat(heard(watcher)).containsExactly("updated c e1-5 behind e1-4 5");
    }

    @Test
    void who_was_cut_off_between_the_two_is_told_the_second() {
        put("d", 25);
        Start start = Objects.requireNonNull(Start.Between.parse("e1-3.1"));
        Watcher watcher = rig.watch(WATCH, start, client);
        assertThat(heard(watcher))
                .containsExactly("created d e1-4 behind e1-3.1 4", "synced  e1-4 behind  ");
    }

    @Test
    void it_is_the_same_from_the_log() {
        Watcher watcher = rig.watch(WATCH, HubRig.since("e1", 0), client);
        assertThat(heard(watcher))
                .containsExactly(
                        "created a e1-1 behind e1-0 1",
                        "created b e1-2 behind e1-1 2",
                        "deleted a e1-2.1 behind e1-2 1",
                        "created c e1-3 behind e1-2.1 3",
                        "synced  e1-3 behind  ");
    }

    @Test
    void who_is_too_far_behind_is_reset_and_told_what_is_there() {
        rig.stored.trim(3);
        put("d", 40);
        Watcher watcher = rig.watch(WATCH, HubRig.since("e1", 1), client);
        assertThat(heard(watcher))
                .containsExactly(
                        "reset  e1-0 behind  ",
                        "created b e1-2 behind e1-0 2",
                        "created d e1-4 behind e1-2 4",
                        "synced  e1-4 behind  ");
    }

    @Test
    void who_missed_something_that_is_cut_is_reset_and_who_did_not_goes_on() {
        put("d", 40);
        rig.stored.cut(2);
        Watcher watcher = rig.watch(WATCH, HubRig.since("e1", 1), client);
        assertThat(heard(watcher))
                .containsExactly(
                        "reset  e1-0 behind  ",
                        "created b e1-2 behind e1-0 2",
                        "created d e1-4 behind e1-2 4",
                        "synced  e1-4 behind  ");
        watcher.close();
        rig.put("elsewhere", "1");
        rig.stored.cut(5);
        put("e", 50);
        Watcher near = rig.watch(WATCH, HubRig.since("e1", 3), client);
        assertThat(heard(near))
                .containsExactly(
                        "deleted c e1-3.1 behind e1-3 3",
                        "created d e1-4 behind e1-3.1 4",
                        "deleted b e1-5.1 behind e1-4 2",
                        "created e e1-6 behind e1-5.1 6",
                        "synced  e1-6 behind  ");
    }

    @Test
    void more_than_ten_thousand_changes_are_not_taken_back() {
        for (int i = 0; i < 10_001; i++) {
            put("a", i % 10);
        }
        Watcher near = rig.watch(WATCH, HubRig.since("e1", 4), client);
        assertThat(heard(near)).containsExactly("synced  e1-10004 behind  ");
        near.close();
        Watcher far = rig.watch(WATCH, HubRig.since("e1", 3), client);
        assertThat(heard(far))
                .containsExactly(
                        "reset  e1-0 behind  ",
                        "created b e1-2 behind e1-0 2",
                        "created c e1-3 behind e1-2 3",
                        "synced  e1-10004 behind  ");
    }

    /** However far the log goes on elsewhere, and whether it is there still. */
    @Test
    void who_missed_nothing_in_the_collection_goes_on() {
        for (int i = 0; i < 100; i++) {
            rig.put("notes", "1");
        }
        rig.stored.trim(103);
        Watcher watcher = rig.watch(WATCH, HubRig.since("e1", 3), client);
        assertThat(heard(watcher)).containsExactly("synced  e1-103 behind  ");
    }

    @Test
    void what_is_shown_is_known_without_the_storage() {
        Watcher watcher = watching();
        put("b", 32);
        heard(watcher);
        int reads = rig.stored.reads();
        for (int i = 0; i < 100; i++) {
            put("x" + i % 10, 1_000 + i);
            rig.delete("games", "x" + i % 10);
            assertThat(heard(watcher)).hasSize(4);
        }
        assertThat(rig.stored.reads()).isEqualTo(reads);
    }

    @Test
    void more_is_read_in_time_and_not_for_each_change() {
        for (int i = 0; i < 500; i++) {
            put("x" + i, 1_000 + i);
        }
        Watcher watcher = watching();
        put("b", 2_000);
        heard(watcher);
        int reads = rig.stored.reads();
        for (int i = 499; i > 99; i--) {
            rig.delete("games", "x" + i);
            rig.settle(watcher, client);
        }
        assertThat(client.told).hasSize(800);
        assertThat(rig.stored.reads() - reads).isBetween(20, 60);
    }

    @Test
    void what_there_is_no_memory_for_is_told_from_the_log() {
        rig = new HubRig(new Hub.Limits(4 << 20, 4 << 20, 13_000, 30_000, 256, 100_000, 1_000, 1));
        three_games();
        Watcher watcher = watching();
        put("d", 25);
        assertThat(heard(watcher))
                .startsWith("deleted c e1-4.1 behind e1-4 3", "created d e1-5 behind e1-4.1 5");
    }

    @Test
    void a_change_behind_the_window_wakes_nobody_and_makes_no_frame() {
        var woken = new AtomicInteger();
        var frames = new AtomicInteger();
        Framing counting = event -> {
            frames.incrementAndGet();
            return event.json();
        };
        rig.hub.subscribe(WATCH, counting, woken::incrementAndGet);
        rig.hub.addWaiter(BEST, woken::incrementAndGet);
        put("b", 31);
        rig.hub.advance();
        put("b", 32);
        rig.hub.advance();
        woken.set(0);
        frames.set(0);
        put("a", 11);
        rig.hub.advance();
        assertThat(woken).hasValue(0);
        assertThat(frames).hasValue(0);
        put("a", 50);
        rig.hub.advance();
        assertThat(woken).hasValue(2);
        assertThat(frames).hasValue(2);
    }

    @Test
    void the_two_go_together_through_a_stream() {
        var form = new NumberedForm();
        List<HubRig.Client> readers = List.of(rig.sockets.open(1), rig.sockets.open(2));
        List<Watcher> watchers = readers.stream()
                .map(reader -> rig.loop.watch(WATCH, form, new Start.Now(), new Line(reader)))
                .toList();
        watchers.forEach(Watcher::begin);
        for (int i = 0; i < 100; i++) {
            put("x" + i, 1_000 + i);
            rig.settle(watchers.getFirst(), readers.getFirst());
            rig.settle(watchers.getLast(), readers.getLast());
        }
        List<JsonNode> told = readers.getFirst().told;
        NumberedForm.requireReadable(told, 0);
        assertThat(told.stream().filter(NumberedForm::isOfStream)).hasSizeGreaterThan(150);
        assertThat(Lines.brief(told))
                .endsWith("deleted 102.1 behind 102", "created 103 behind 102.1");
        assertThat(Lines.brief(readers.getLast().told)).isEqualTo(Lines.brief(told));
    }

    @Test
    void one_window_more_than_there_may_be_is_refused() {
        rig = new HubRig(
                new Hub.Limits(4 << 20, 4 << 20, 13_000, 30_000, 256, 100_000, 1, 1 << 20));
        rig.watch(WATCH, new Start.Now(), client);
        rig.hub.admit(WATCH);
        rig.hub.admit(new Watch(BEST, DataMode.NONE));
        rig.hub.admit(new Watch(TopModel.GAMES, DataMode.FULL));
        var other = new Watch(best(3), DataMode.FULL);
        assertThatThrownBy(() -> rig.hub.admit(other))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.OVERLOADED));
    }
}
