package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.changelog.StoredLog;
import dev.genstore.resource.Change;
import dev.genstore.resource.Target;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

class FeedTest {
    private static final Watch NOTES = new Watch(new Target.InCollection("notes"), DataMode.FULL);
    private static final int PLENTY = 1 << 20;

    private final StoredLog stored = new StoredLog();
    private final AtomicLong through = new AtomicLong();
    private final FrameMemory memory = new FrameMemory(PLENTY);
    private final Feed feed = new Feed(
            NOTES,
            Lines.FRAMING,
            new EventEncoder("e1", NOTES),
            memory,
            through.get(),
            through::get);

    @Test
    void who_reads_gets_all_frames_once() {
        append(3);
        assertThat(read(0, PLENTY))
                .containsExactly("created 1 behind 0", "created 2 behind 1", "created 3 behind 2");
        assertThat(feed.read(3, PLENTY)).isInstanceOf(Run.Drained.class);
    }

    @Test
    void a_piece_ends_at_the_end_of_a_frame_and_has_one_at_least() {
        append(2);
        assertThat(read(0, 1)).containsExactly("created 1 behind 0");
        assertThat(read(1, 1)).containsExactly("created 2 behind 1");
    }

    @Test
    void a_piece_ends_at_the_end_of_a_segment_and_the_next_one_begins_there() {
        append(20);
        List<String> all = new ArrayList<>();
        int pieces = 0;
        while (all.size() < 20) {
            all.addAll(read(all.size(), PLENTY));
            pieces++;
        }
        assertThat(all).hasSize(20).doesNotHaveDuplicates();
        assertThat(pieces).isGreaterThan(1);
    }

    @Test
    void a_change_that_is_appended_anew_after_a_failure_is_told_once() {
        var change = stored.put("notes", "1", "{}");
        assertThat(append(change)).isNotNull();
        assertThat(append(change)).isNull();
        assertThat(read(0, PLENTY)).containsExactly("created 1 behind 0");
    }

    @Test
    void only_an_append_that_needs_memory_tells_of_a_segment() {
        assertThat(append(put())).isNotNull();
        assertThat(append(put())).isNull();
    }

    @Test
    void who_has_less_than_a_feed_that_skipped_is_behind_and_the_next_prev_is_above() {
        append(1);
        feed.log().dropOldest();
        while (stored.head() < 50) {
            stored.put("tasks", "1", "{\"n\":" + stored.head() + "}");
        }
        feed.log().skipTo(50);
        assertThat(feed.read(1, PLENTY)).isInstanceOf(Run.Behind.class);
        append(1);
        assertThat(read(50, PLENTY)).containsExactly("created 51 behind 50");
    }

    @Test
    void a_synced_is_in_memory_of_its_own_and_gives_it_back() {
        append(1);
        Run.Frames synced = feed.synced(7, 0);
        assertThat(Lines.brief(Lines.read(synced.bytes()))).containsExactly("synced 7");
        assertThat(synced.through()).isEqualTo(7);
        long before = memory.spareBytes();
        synced.release();
        assertThat(memory.spareBytes()).isEqualTo(before + (1 << 10));
        assertThat(read(0, PLENTY)).containsExactly("created 1 behind 0");
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

    private Change put() {
        return stored.put("notes", "n" + stored.head(), "{}");
    }

    private @Nullable Segment append(Change change) {
        Sight sight = Sights.of(change);
        return feed.append(change.revision(), told -> feed.events(List.of(sight), told));
    }

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            append(put());
            through.set(stored.head());
        }
    }

    private List<String> read(long revision, int bytesMax) {
        Run.Frames frames = (Run.Frames) feed.read(revision, bytesMax);
        List<String> brief = Lines.brief(Lines.read(frames.bytes()));
        assertThat(brief).hasSize(frames.count());
        frames.release();
        return brief;
    }
}
