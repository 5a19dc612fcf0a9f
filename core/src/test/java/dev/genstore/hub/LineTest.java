package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.changelog.StoredLog;
import dev.genstore.resource.Target;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Several watchers that are told over one line. */
class LineTest {
    private final HubRig rig = new HubRig(Hub.Limits.DEFAULT);
    private final HubRig.Client client = rig.sockets.open(1);
    private final Line line = new Line(client);

    @Test
    void each_event_says_which_watch_it_belongs_to() {
        watch("/api/a", "a");
        watch("/api/b\\", "b");
        assertThat(heard()).containsExactly("synced 0 of /api/a", "synced 0 of /api/b\\");
        rig.put("b", "1");
        rig.put("a", "1");
        tell();
        assertThat(heard())
                .containsExactlyInAnyOrder("created 2 of /api/a", "created 1 of /api/b\\");
    }

    @Test
    void a_reset_and_the_state_behind_it_say_it_too() {
        rig.put("a", "1");
        watch("/api/a", "a", HubRig.since("other", 5));
        settle();
        assertThat(heard())
                .containsExactly("reset 0 of /api/a", "created 1 of /api/a", "synced 1 of /api/a");
    }

    @Test
    void a_frame_that_was_begun_is_ended_before_another_watch_is_told() {
        watch("/a", "a");
        watch("/b", "b");
        heard();
        client.room = 10;
        rig.put("a", "1");
        tell();
        client.room = Integer.MAX_VALUE;
        rig.put("b", "1");
        rig.put("a", "2");
        tell();
        assertThat(heard()).containsExactly("created 1 of /a");
        take();
        assertThat(heard()).containsExactly("created 2 of /b", "created 3 of /a");
    }

    @Test
    void who_was_alone_and_is_being_told_is_not_interrupted_by_the_next_who_comes() {
        watch("/a", "a");
        heard();
        client.room = 10;
        rig.put("a", "1");
        tell();
        client.room = Integer.MAX_VALUE;
        watch("/b", "b");
        rig.put("a", "2");
        tell();
        assertThat(heard()).containsExactly("created 1 of /a");
        take();
        assertThat(heard()).containsExactlyInAnyOrder("created 2 of /a", "synced 2 of /b");
        rig.put("a", "3");
        rig.put("b", "4");
        tell();
        assertThat(heard()).containsExactlyInAnyOrder("created 3 of /a", "created 4 of /b");
    }

    @Test
    void what_else_is_written_pauses_all() {
        watch("/a", "a");
        line.pause();
        watch("/b", "b");
        heard();
        rig.put("a", "1");
        rig.put("b", "1");
        tell();
        line.pause();
        line.resume();
        assertThat(heard()).isEmpty();
        line.resume();
        assertThat(heard())
                .containsExactlyInAnyOrder("created 1 of /a", "synced 2 of /b", "created 2 of /b")
                .containsSubsequence("created 1 of /a");
    }

    @Test
    void whose_piece_was_written_has_its_next_turn_behind_the_others() {
        watch("/a", "a");
        watch("/b", "b");
        watch("/c", "c");
        heard();
        client.room = 0;
        rig.put("a", "1");
        tell();
        rig.put("a", "2");
        rig.put("c", "3");
        rig.put("b", "4");
        tell();
        var order = new ArrayList<String>(heard());
        while (client.isBusy) {
            take();
            order.addAll(heard());
        }
        assertThat(order).hasSize(4).endsWith("created 2 of /a");
    }

    @Test
    void a_socket_without_a_descriptor_is_told_one_piece_after_another() {
        var plain = new HubRig.Client();
        var way = new Line(plain);
        for (String name : List.of("a", "b", "c")) {
            rig.loop
                    .watch(watchOf("/" + name, name), rig.framing, new Start.Now(), way)
                    .begin();
        }
        var all = new ArrayList<String>();
        while (plain.isBusy) {
            all.addAll(named(plain));
            plain.isBusy = false;
            way.written();
        }
        assertThat(all).containsExactly("synced 0 of /a", "synced 0 of /b", "synced 0 of /c");
    }

    @Test
    void silence_that_can_not_be_told_at_once_is_told_later() {
        watch("/a", "a");
        watch("/b", "b");
        client.room = 10;
        rig.put("a", "1");
        tell();
        client.room = Integer.MAX_VALUE;
        heard();
        rig.nowMillis += Hub.Limits.DEFAULT.silenceMillis();
        rig.sweep();
        assertThat(heard()).isEmpty();
        take();
        assertThat(heard()).contains("synced 1 of /b");
    }

    @Test
    void only_a_few_read_what_they_missed_at_the_same_time() {
        for (int i = 0; i < 20; i++) {
            rig.put("c" + i, "1");
        }
        for (int i = 0; i < 20; i++) {
            watch("/c" + i, "c" + i, HubRig.since(StoredLog.EPOCH, 0));
        }
        assertThat(rig.readings).hasSize(4);
        client.room = 0;
        HubRig.runAll(rig.readings);
        HubRig.runAll(rig.tasks);
        assertThat(rig.readings.size()).isLessThanOrEqualTo(4);
        client.room = Integer.MAX_VALUE;
        settle();
        List<String> heard = heard();
        for (int i = 0; i < 20; i++) {
            assertThat(heard)
                    .containsSubsequence(
                            "created " + (i + 1) + " of /c" + i, "synced 20 of /c" + i);
        }
        assertThat(heard).hasSize(40);
    }

    @Test
    void who_ends_while_it_is_told_leaves_the_line_to_the_others() {
        Watcher first = watch("/a", "a");
        watch("/b", "b");
        heard();
        client.room = 10;
        rig.put("a", "1");
        tell();
        client.room = Integer.MAX_VALUE;
        first.close();
        rig.put("a", "2");
        rig.put("b", "3");
        tell();
        assertThat(heard()).containsExactly("created 1 of /a");
        take();
        assertThat(heard()).containsExactly("created 3 of /b");
    }

    @Test
    void those_who_end_while_they_read_let_others_read() {
        rig.put("a", "1");
        var gone = new ArrayList<Watcher>();
        for (int i = 0; i < 10; i++) {
            gone.add(watch("/a?" + i, "a", HubRig.since(StoredLog.EPOCH, 0)));
        }
        gone.forEach(Watcher::close);
        watch("/a", "a", HubRig.since(StoredLog.EPOCH, 0));
        settle();
        assertThat(heard()).containsExactly("created 1 of /a", "synced 1 of /a");
    }

    @Test
    void many_that_have_waited_do_not_keep_the_loop_from_others() {
        line.pause();
        for (int i = 0; i < 1_000; i++) {
            watch("/a?" + i, "a");
        }
        line.resume();
        assertThat(client.told).hasSizeLessThan(1_000);
        tell();
        assertThat(heard()).hasSize(1_000);
    }

    @Test
    void a_position_is_where_a_watch_begins() {
        rig.put("a", "1");
        rig.put("a", "2");
        assertThat(watch("/1", "a").position()).contains("e1-2");
        assertThat(watch("/2", "a", HubRig.since("e1", 1)).position()).contains("e1-1");
        assertThat(watch("/3", "a", HubRig.since("other", 1)).position()).contains("e1-0");
        Start between = Objects.requireNonNull(Start.Between.parse("e1-1.1"));
        assertThat(watch("/4", "a", between).position()).contains("e1-1.1");
        assertThat(watch("/5", "a", new Start.AfterTime(1)).position()).isEmpty();
    }

    private Watcher watch(String name, String collection) {
        return watch(name, collection, new Start.Now());
    }

    private Watcher watch(String name, String collection, Start start) {
        Watcher watcher = rig.loop.watch(watchOf(name, collection), rig.framing, start, line);
        watcher.begin();
        return watcher;
    }

    private static Watch watchOf(String name, String collection) {
        return new Watch(new Target.InCollection(collection), DataMode.FULL).named(name);
    }

    private void tell() {
        rig.hub.advance();
        while (HubRig.runAll(rig.tasks)) {}
    }

    private void take() {
        client.isBusy = false;
        line.written();
    }

    private void settle() {
        while (rig.hub.advance()
                || HubRig.runAll(rig.tasks)
                || HubRig.runAll(rig.readings)
                || client.isBusy) {
            if (client.isBusy) {
                take();
            }
        }
    }

    private List<String> heard() {
        return named(client);
    }

    /** What a client was told since it was last asked, for example {@code created 5 of /api/a}. */
    private static List<String> named(HubRig.Client client) {
        List<String> heard = client.told.stream().map(LineTest::brief).toList();
        client.told.clear();
        return heard;
    }

    private static String brief(JsonNode event) {
        String id = event.get("id").stringValue();
        return event.get("type").stringValue() + ' ' + id.substring(id.indexOf('-') + 1) + " of "
                + event.get("watch").stringValue();
    }
}
