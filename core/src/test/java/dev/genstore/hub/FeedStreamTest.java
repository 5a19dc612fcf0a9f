package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.resource.Target;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

class FeedStreamTest {
    private static final Watch NOTES = new Watch(new Target.InCollection("notes"), DataMode.FULL);
    private static final Watch TASKS = new Watch(new Target.InCollection("tasks"), DataMode.FULL);

    private final NumberedForm form = new NumberedForm();
    private HubRig rig = rig(4 << 20, 256);
    private int descriptors;

    private static HubRig rig(long feedBytesMax, int streamsMax) {
        return new HubRig(
                new Hub.Limits(feedBytesMax, 64 << 20, 13_000, 30_000, streamsMax, 100_000));
    }

    /** A client that reads the stream, and its watcher. */
    private final class Reader {
        private final HubRig.Client client = rig.sockets.open(descriptors++);
        private final Watcher watcher;
        private int number;

        Reader(Watch watch, Start start) {
            watcher = rig.loop.watch(watch, form, start, new Line(client));
            watcher.begin();
        }

        List<JsonNode> hear() {
            rig.settle(watcher, client);
            var heard = new ArrayList<>(client.told);
            client.told.clear();
            number = NumberedForm.requireReadable(heard, number);
            return heard;
        }
    }

    private Reader reader(Watch watch) {
        var reader = new Reader(watch, new Start.Now());
        assertThat(Lines.brief(reader.hear())).hasSize(1);
        return reader;
    }

    private void put(String collection, int count) {
        for (int i = 0; i < count; i++) {
            rig.put(collection, "n" + i % 5);
        }
    }

    @Test
    void a_stream_is_made_once_for_all_and_begins_anew_again_and_again() {
        List<Reader> readers = List.of(reader(NOTES), reader(NOTES), reader(NOTES));
        put("notes", 200);
        List<JsonNode> heard = readers.getFirst().hear();
        assertThat(heard).hasSize(200).allMatch(NumberedForm::isOfStream);
        assertThat(readers.get(1).hear()).isEqualTo(heard);
        assertThat(form.opened).isEqualTo(1);
        List<Integer> anew = IntStream.range(0, 200)
                .filter(i -> NumberedForm.beginsAnew(heard.get(i)))
                .boxed()
                .toList();
        assertThat(anew).startsWith(0).hasSizeGreaterThanOrEqualTo(7);
        assertThat(IntStream.range(1, anew.size()).map(i -> anew.get(i) - anew.get(i - 1)))
                .allMatch(distance -> distance <= FeedStream.FRAMES_MAX);
    }

    @Test
    void one_alone_gets_no_stream() {
        Reader alone = reader(NOTES);
        put("notes", 100);
        assertThat(alone.hear()).hasSize(100).noneMatch(NumberedForm::isOfStream);
        assertThat(form.opened).isZero();
    }

    @Test
    void who_joins_is_told_plain_frames_until_the_stream_begins_anew() {
        Reader first = reader(NOTES);
        Reader second = reader(NOTES);
        put("notes", 50);
        first.hear();
        Reader joins = reader(NOTES);
        put("notes", 100);
        List<JsonNode> heard = joins.hear();
        assertThat(heard).hasSize(100);
        assertThat(NumberedForm.isOfStream(heard.getFirst())).isFalse();
        assertThat(NumberedForm.isOfStream(heard.getLast())).isTrue();
        List<JsonNode> others = first.hear();
        int crossed = (int) heard.stream()
                .takeWhile(event -> !NumberedForm.isOfStream(event))
                .count();
        assertThat(NumberedForm.beginsAnew(others.get(crossed))).isTrue();
        assertThat(others.subList(0, crossed)).noneMatch(NumberedForm::beginsAnew);
        assertThat(heard.subList(crossed, 100)).isEqualTo(others.subList(crossed, 100));
        assertThat(Lines.brief(second.hear()).subList(50, 150)).isEqualTo(Lines.brief(heard));
    }

    @Test
    void who_comes_back_into_the_plain_window_needs_no_storage() {
        reader(NOTES);
        reader(NOTES);
        put("notes", 100);
        while (rig.hub.advance()) {
            HubRig.runAll(rig.tasks);
        }
        var back = new Reader(NOTES, HubRig.since("e1", 10));
        assertThat(rig.readings).isEmpty();
        assertThat(Lines.brief(back.hear())).startsWith("updated 11 behind 10").hasSize(91);
    }

    @Test
    void a_window_that_moves_past_a_reader_of_the_stream_costs_him_nothing_but_time() {
        rig = rig(6_000, 256);
        Reader fast = reader(NOTES);
        Reader slow = reader(NOTES);
        slow.client.room = 0;
        for (int i = 0; i < 100; i++) {
            put("notes", 1);
            fast.hear();
        }
        slow.client.room = Integer.MAX_VALUE;
        put("notes", 100);
        List<JsonNode> heard = slow.hear();
        assertThat(Lines.brief(heard).stream().filter(brief -> !brief.startsWith("synced")))
                .hasSize(200)
                .doesNotHaveDuplicates();
    }

    @Test
    void no_more_streams_are_open_than_allowed() {
        rig = rig(4 << 20, 1);
        List<Reader> readers = List.of(reader(NOTES), reader(NOTES), reader(TASKS), reader(TASKS));
        put("notes", 10);
        put("tasks", 10);
        assertThat(readers.getFirst().hear()).hasSize(10).allMatch(NumberedForm::isOfStream);
        assertThat(readers.getLast().hear()).hasSize(10).noneMatch(NumberedForm::isOfStream);
        assertThat(form.open).isEqualTo(1).isEqualTo(rig.hub.streamCount());
        readers.getFirst().watcher.close();
        rig.hub.forgetUnused();
        put("tasks", 10);
        assertThat(readers.getLast().hear()).hasSize(10).allMatch(NumberedForm::isOfStream);
        assertThat(form.open).isEqualTo(1);
        put("notes", 10);
        assertThat(readers.get(1).hear().subList(10, 20)).noneMatch(NumberedForm::isOfStream);
    }

    @Test
    void a_stream_that_breaks_is_closed_and_nobody_misses_anything() {
        Reader first = reader(NOTES);
        Reader second = reader(NOTES);
        put("notes", 10);
        first.hear();
        form.fails = true;
        put("notes", 10);
        assertThat(first.hear()).hasSize(10).noneMatch(NumberedForm::isOfStream);
        assertThat(form.open).isZero();
        form.fails = false;
        put("notes", 10);
        assertThat(first.hear()).hasSize(10).allMatch(NumberedForm::isOfStream);
        assertThat(second.hear()).hasSize(30);
        assertThat(form.open).isEqualTo(1);
    }

    @Test
    void a_stream_is_closed_when_its_readers_have_gone() {
        List<Reader> readers = List.of(reader(NOTES), reader(NOTES));
        put("notes", 10);
        readers.getFirst().hear();
        readers.forEach(reader -> reader.watcher.close());
        assertThat(rig.hub.feedCount()).isZero();
        rig.hub.forgetUnused();
        assertThat(form.open).isZero();
        rig.nowMillis += 30_000;
        rig.hub.forgetUnused();
        assertThat(rig.hub.windowBytes()).isZero();
    }

    @Test
    void all_streams_are_closed_when_the_hub_ends() {
        reader(NOTES);
        Reader second = reader(NOTES);
        put("notes", 10);
        second.hear();
        assertThat(form.open).isEqualTo(1);
        rig.hub.closeStreams();
        assertThat(form.open).isZero();
    }
}
