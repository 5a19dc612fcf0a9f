package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.query.Fields;
import dev.genstore.query.Selection;
import dev.genstore.query.Term;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Target;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Watches that see only some of a collection, with the real hub. */
class FilteredWatchTest {
    private static final Term IS_OPEN = Conditions.is("s", "\"open\"");
    private static final Watch OPEN = Conditions.watch("notes", DataMode.FULL, IS_OPEN);
    private static final Watch PATCHES = Conditions.watch("notes", DataMode.PATCH, IS_OPEN);
    private static final String[] LIFE = {
        "closed", "closed", "open", "open", "closed", "closed", "open"
    };

    private final HubRig rig = new HubRig(Hub.Limits.DEFAULT);
    private final HubRig.Client client = new HubRig.Client();
    private final Runnable nobody = new AtomicInteger()::incrementAndGet;

    @Test
    void what_begins_to_match_is_created_and_what_stops_is_deleted() {
        Watcher watcher = rig.watch(OPEN, new Start.Now(), client);
        rig.settle(watcher, client);
        client.heard();
        live();
        rig.settle(watcher, client);
        assertThat(client.told.get(2).get("data"))
                .isEqualTo(Lines.read("{\"id\":\"1\",\"_revision\":5}"));
        assertThat(client.heard())
                .containsExactly(
                        "created 3 behind 0",
                        "updated 4 behind 3",
                        "deleted 5 behind 4",
                        "created 7 behind 5",
                        "deleted 8 behind 7");
    }

    @Test
    void it_is_the_same_from_the_log() {
        live();
        Watcher watcher = rig.watch(OPEN, HubRig.since("e1", 0), client);
        rig.settle(watcher, client);
        assertThat(client.heard())
                .containsExactly(
                        "created 3 behind 0",
                        "updated 4 behind 3",
                        "deleted 5 behind 4",
                        "created 7 behind 5",
                        "deleted 8 behind 7",
                        "synced 8");
    }

    @Test
    void behind_a_reset_only_what_matches_is_told() {
        put("1", "open");
        put("2", "closed");
        put("3", "open");
        put("4", "closed");
        Watcher watcher = rig.watch(OPEN, HubRig.since("e1", 99), client);
        rig.settle(watcher, client);
        assertThat(client.heard())
                .containsExactly("reset 0", "created 1 behind 0", "created 3 behind 1", "synced 4");
    }

    @Test
    void what_enters_is_told_in_full_and_then_by_patches() {
        Watcher watcher = rig.watch(PATCHES, new Start.Now(), client);
        rig.settle(watcher, client);
        client.heard();
        live();
        rig.settle(watcher, client);
        assertThat(client.told.stream().map(event -> event.has("patch")))
                .containsExactly(false, true, false, false, false);
        assertThat(client.told.getFirst().get("data").get("s").stringValue()).isEqualTo("open");
        assertThat(client.told.get(1).get("data").has("s")).isFalse();
    }

    @Test
    void a_change_that_nobody_sees_wakes_nobody_and_makes_no_frame() {
        var woken = new AtomicInteger();
        var frames = new AtomicInteger();
        Framing counting = event -> {
            frames.incrementAndGet();
            return event.json();
        };
        rig.hub.subscribe(OPEN, counting, woken::incrementAndGet);
        rig.hub.addWaiter(OPEN.selection(), woken::incrementAndGet);
        put("1", "closed");
        rig.hub.advance();
        assertThat(woken).hasValue(0);
        assertThat(frames).hasValue(0);
        assertThat(rig.hub.windowBytes()).isZero();
        assertThat(rig.hub.through()).isEqualTo(1);
        put("1", "open");
        rig.hub.advance();
        assertThat(woken).hasValue(2);
        assertThat(frames).hasValue(1);
    }

    @Test
    void watchers_of_equal_filters_share_one_encoding() {
        var frames = new AtomicInteger();
        rig.framing = event -> {
            frames.incrementAndGet();
            return Lines.FRAMING.frame(event);
        };
        var clients = List.of(rig.sockets.open(1), rig.sockets.open(2));
        rig.watch(
                Conditions.watch("notes", DataMode.FULL, IS_OPEN), new Start.Now(), clients.get(0));
        rig.watch(
                Conditions.watch("notes", DataMode.FULL, Conditions.is("s", "\"open\"")),
                new Start.Now(),
                clients.get(1));
        clients.forEach(HubRig.Client::heard);
        frames.set(0);
        put("1", "open");
        rig.hub.advance();
        HubRig.runAll(rig.tasks);
        assertThat(frames).hasValue(1);
        for (HubRig.Client each : clients) {
            assertThat(each.heard()).containsExactly("created 1 behind 0");
        }
    }

    /** It has seen them all the same: nothing is read, and its position goes on. */
    @Test
    void a_silent_filter_is_told_how_far_it_has_seen() {
        var socket = rig.sockets.open(1);
        Watcher watcher = rig.watch(OPEN, new Start.Now(), socket);
        rig.settle(watcher, socket);
        socket.heard();
        for (int i = 0; i < 200; i++) {
            put("1", "closed");
        }
        rig.settle(watcher, socket);
        assertThat(socket.heard()).isEmpty();
        rig.nowMillis += Hub.Limits.DEFAULT.silenceMillis();
        rig.sweep();
        assertThat(socket.heard()).containsExactly("synced 200");
        put("1", "open");
        rig.settle(watcher, socket);
        assertThat(socket.heard()).containsExactly("created 201 behind 0");
        assertThat(rig.readings).isEmpty();
    }

    /** The log may be long, and a client must not take it for dead. */
    @Test
    void who_reads_a_long_log_for_a_rare_match_is_told_how_far_it_was_read() {
        rig.changelog.committed(List.of(rig.stored.put("notes", "0", "{}")));
        for (int i = 0; i < 20_000; i++) {
            put("1", "closed");
        }
        put("1", "open");
        Watcher watcher = rig.watch(OPEN, HubRig.since("e1", 0), client);
        boolean goesOn = true;
        while (goesOn) {
            rig.nowMillis += 5_000;
            goesOn = HubRig.runAll(rig.readings);
            HubRig.runAll(rig.tasks);
            HubRig.take(watcher, client);
        }
        List<String> heard = client.heard();
        String seen = heard.getFirst().replace("synced ", "");
        assertThat(Long.parseLong(seen)).isBetween(8_000L, 16_000L);
        assertThat(heard)
                .containsExactly("synced " + seen, "created 20002 behind " + seen, "synced 20002");
    }

    @Test
    void only_the_fields_that_were_asked_for_are_told() {
        var selection = new Selection(
                new Target.InCollection("notes"), OPEN.filter(), Fields.of(Set.of("n")));
        for (DataMode mode : List.of(DataMode.FULL, DataMode.PATCH)) {
            var some = new HubRig.Client();
            Watcher watcher = rig.watch(new Watch(selection, mode), new Start.Now(), some);
            rig.settle(watcher, some);
            some.heard();
            rig.put("notes", "f", "{\"s\":\"open\",\"n\":1,\"m\":1}");
            rig.put("notes", "f", "{\"s\":\"open\",\"n\":2,\"m\":2}");
            rig.settle(watcher, some);
            long last = rig.stored.head();
            assertThat(some.told.get(0).get("data"))
                    .isEqualTo(
                            Lines.read("{\"id\":\"f\",\"_revision\":" + (last - 1) + ",\"n\":1}"));
            assertThat(some.told.get(1).get("data"))
                    .isEqualTo(Lines.read(
                            mode == DataMode.FULL
                                    ? "{\"id\":\"f\",\"_revision\":" + last + ",\"n\":2}"
                                    : "{\"n\":2,\"_revision\":" + last + "}"));
            watcher.close();
            rig.delete("notes", "f");
        }
    }

    /** Its filter was not there to be tried, but the change is in the log, so it is read there. */
    @Test
    void who_joins_while_a_change_is_tried_misses_nothing_and_hears_nothing_twice() {
        var late = new HubRig.Client();
        var joined = new ArrayList<Watcher>();
        Watcher watcher = rig.watch(OPEN, new Start.Now(), client);
        rig.framing = event -> {
            rig.framing = Lines.FRAMING;
            Watch other = Conditions.watch("notes", DataMode.NONE, Conditions.above("n", "-1"));
            joined.add(rig.loop.watch(other, Lines.FRAMING, HubRig.since("e1", 0), new Line(late)));
            return Lines.FRAMING.frame(event);
        };
        rig.hub.subscribe(
                new Watch(new Target.InCollection("notes"), DataMode.FULL), rig.framing, nobody);
        put("1", "open");
        rig.settle(watcher, client);
        joined.getFirst().begin();
        rig.settle(joined.getFirst(), late);
        put("2", "open");
        rig.settle(joined.getFirst(), late);
        assertThat(late.heard())
                .containsExactly("created 1 behind 0", "synced 1", "created 2 behind 1");
    }

    @Test
    void one_watch_too_many_is_refused_and_one_that_is_there_already_is_not() {
        var small = new HubRig(new Hub.Limits(1 << 20, 1 << 20, 14_000, 0, 256, 3));
        for (int i = 0; i < 3; i++) {
            small.hub.subscribe(watchOf(i), Lines.FRAMING, nobody);
        }
        small.hub.admit(watchOf(1));
        assertThatThrownBy(() -> small.hub.admit(watchOf(3)))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.OVERLOADED));
        assertThatThrownBy(() -> new ChangeWaiter(small.hub, watchOf(3).selection()))
                .isInstanceOf(Problem.class);
        new ChangeWaiter(small.hub, watchOf(2).selection()).close();
    }

    private static Watch watchOf(int owner) {
        return Conditions.watch("notes", DataMode.FULL, Conditions.is("owner", "" + owner));
    }

    @Test
    void what_can_not_be_looked_into_ends_those_who_filter_it_and_nobody_else() {
        var all = new HubRig.Client();
        Watcher filtering = rig.watch(OPEN, new Start.Now(), client);
        Watcher whole = rig.watch(new Watch(OPEN.target(), DataMode.NONE), new Start.Now(), all);
        rig.settle(whole, all);
        rig.settle(filtering, client);
        rig.put("notes", "1", "{\"s\":");
        rig.hub.advance();
        HubRig.runAll(rig.tasks);
        HubRig.runAll(rig.readings);
        HubRig.runAll(rig.tasks);
        assertThat(client.hasFailed).isTrue();
        assertThat(all.hasFailed).isFalse();
        assertThat(all.isBusy).isTrue();
        assertThat(rig.hub.through()).isEqualTo(1);
    }

    private void live() {
        for (String status : LIFE) {
            put("1", status);
        }
        rig.delete("notes", "1");
    }

    private void put(String id, String status) {
        rig.put("notes", id, "{\"s\":\"" + status + "\",\"n\":" + rig.stored.head() + "}");
    }
}
