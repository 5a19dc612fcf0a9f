package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.changelog.StoredLog;
import dev.genstore.resource.Target;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

class FeedTest {
    private static final Watch NOTES = new Watch(new Target.InCollection("notes"), DataMode.FULL);
    private static final int PLENTY = 1 << 20;

    private final StoredLog stored = new StoredLog();
    private final AtomicLong through = new AtomicLong();
    private final Feed feed = new Feed(
            NOTES,
            Lines.FRAMING,
            new EventEncoder("e1", NOTES),
            through::get,
            InstantSource.fixed(Instant.EPOCH));

    @Test
    void a_cursor_at_the_head_is_drained_and_goes_with_the_hub() {
        var cursor = new Cursor(0);
        through.set(7);
        assertThat(feed.read(cursor, PLENTY, false)).isInstanceOf(Run.Drained.class);
        assertThat(cursor.revision).isEqualTo(7);
    }

    @Test
    void a_cursor_gets_all_frames_once() {
        var cursor = new Cursor(0);
        append(3);
        assertThat(read(cursor, PLENTY))
                .containsExactly("created 1 behind 0", "created 2 behind 1", "created 3 behind 2");
        assertThat(cursor.revision).isEqualTo(3);
        assertThat(feed.read(cursor, PLENTY, false)).isInstanceOf(Run.Drained.class);
    }

    @Test
    void a_piece_ends_at_the_end_of_a_frame_and_has_one_at_least() {
        var cursor = new Cursor(0);
        append(2);
        assertThat(read(cursor, 1)).containsExactly("created 1 behind 0");
        assertThat(read(cursor, 1)).containsExactly("created 2 behind 1");
    }

    @Test
    void a_piece_ends_at_the_end_of_a_segment_and_the_next_one_begins_there() {
        var cursor = new Cursor(0);
        append(20);
        List<String> all = new ArrayList<>();
        int pieces = 0;
        while (feed.read(cursor, PLENTY, false) instanceof Run.Frames frames) {
            all.addAll(Lines.brief(Lines.read(frames.bytes())));
            pieces++;
        }
        assertThat(all).hasSize(20).doesNotHaveDuplicates();
        assertThat(pieces).isGreaterThan(1);
    }

    @Test
    void a_frame_that_the_hub_has_not_finished_telling_is_no_harm() {
        var cursor = new Cursor(0);
        feed.append(stored.put("notes", "1", "{}"), 0);
        assertThat(read(cursor, PLENTY)).containsExactly("created 1 behind 0");
        assertThat(cursor.revision).isEqualTo(1);
    }

    @Test
    void a_change_that_is_appended_anew_after_a_failure_is_told_once() {
        var cursor = new Cursor(0);
        var change = stored.put("notes", "1", "{}");
        feed.append(change, 0);
        feed.append(change, 0);
        assertThat(read(cursor, PLENTY)).containsExactly("created 1 behind 0");
    }

    @Test
    void a_cursor_whose_frames_were_dropped_is_behind() {
        var cursor = new Cursor(0);
        append(1);
        read(cursor, PLENTY);
        append(40);
        assertThat(feed.log().dropOldest()).isTrue();
        assertThat(feed.read(cursor, PLENTY, false)).isInstanceOf(Run.Behind.class);
        assertThat(cursor.segment).isNull();
        assertThat(cursor.revision).isEqualTo(1);
    }

    @Test
    void a_cursor_that_had_read_all_of_a_dropped_segment_goes_on_in_the_window() {
        var cursor = new Cursor(0);
        append(1);
        read(cursor, PLENTY);
        while (feed.log().bytes() == 1 << 10) {
            append(1);
        }
        read(cursor, PLENTY);
        assertThat(feed.log().dropOldest()).isTrue();
        assertThat(feed.read(cursor, PLENTY, false)).isInstanceOf(Run.Frames.class);
    }

    @Test
    void whoever_has_less_than_a_feed_that_skipped_is_behind_and_the_next_prev_is_above() {
        var cursor = new Cursor(0);
        append(1);
        read(cursor, PLENTY);
        while (stored.head() < 50) {
            stored.put("tasks", "1", "{\"n\":" + stored.head() + "}");
        }
        feed.skipTo(50);
        through.set(50);
        assertThat(feed.read(cursor, PLENTY, false)).isInstanceOf(Run.Behind.class);
        append(1);
        assertThat(read(new Cursor(50), PLENTY)).containsExactly("created 51 behind 50");
    }

    @Test
    void silence_is_told_when_it_has_lasted_and_not_before() {
        append(1);
        assertThat(feed.appendSyncedAfter(1_000, 999)).isFalse();
        assertThat(feed.appendSyncedAfter(1_000, 1_000)).isTrue();
        assertThat(feed.appendSyncedAfter(1_000, 1_999)).isFalse();
        assertThat(read(new Cursor(0), PLENTY)).containsExactly("created 1 behind 0", "synced 1");
    }

    @Test
    void silence_is_told_when_the_clock_was_set_back() {
        feed.append(stored.put("notes", "1", "{}"), 100_000);
        assertThat(feed.appendSyncedAfter(1_000, 90_000)).isTrue();
        assertThat(feed.appendSyncedAfter(1_000, 90_500)).isFalse();
    }

    @Test
    void a_synced_is_no_event_before_another() {
        append(1);
        feed.appendSyncedAfter(1_000, 1_000);
        append(1);
        assertThat(read(new Cursor(1), PLENTY)).containsExactly("synced 1", "created 2 behind 1");
    }

    @Test
    void who_catches_up_is_not_told_of_a_silence_that_is_over() {
        append(1);
        feed.appendSyncedAfter(1_000, 1_000);
        append(1);
        feed.appendSyncedAfter(1_000, 2_000);
        feed.appendSyncedAfter(1_000, 3_000);
        List<String> told = new ArrayList<>();
        var cursor = new Cursor(0);
        while (feed.read(cursor, PLENTY, true) instanceof Run.Frames frames) {
            told.addAll(Lines.brief(Lines.read(frames.bytes())));
        }
        assertThat(told).containsExactly("created 1 behind 0", "created 2 behind 1");
        assertThat(cursor.revision).isEqualTo(2);
    }

    @Test
    void who_subscribes_is_woken_until_it_unsubscribes() {
        var woken = new AtomicLong();
        Runnable listener = woken::incrementAndGet;
        assertThat(feed.isUnused()).isTrue();
        feed.subscribe(listener);
        feed.wake();
        assertThat(feed.isUnused()).isFalse();
        feed.unsubscribe(listener);
        feed.wake();
        assertThat(feed.isUnused()).isTrue();
        assertThat(woken).hasValue(1);
    }

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            feed.append(stored.put("notes", "n" + stored.head(), "{}"), 0);
            through.set(stored.head());
        }
    }

    private List<String> read(Cursor cursor, int bytesMax) {
        Run.Frames frames = (Run.Frames) feed.read(cursor, bytesMax, false);
        List<String> brief = Lines.brief(Lines.read(frames.bytes()));
        assertThat(brief).hasSize(frames.count());
        return brief;
    }
}
