package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrameLogTest {
    private static final int PLENTY = 1 << 20;

    private final FrameMemory memory = new FrameMemory(PLENTY);
    private final FrameLog log = new FrameLog(memory, 10);

    @Test
    void an_empty_log_has_everything_from_its_beginning_on_and_takes_no_memory() {
        assertThat(log.read(10, PLENTY)).isInstanceOf(Run.Drained.class);
        assertThat(log.read(11, PLENTY)).isInstanceOf(Run.Drained.class);
        assertThat(log.read(9, PLENTY)).isInstanceOf(Run.Behind.class);
        assertThat(log.end()).isEqualTo(10);
        assertThat(log.bytes()).isZero();
        assertThat(log.dropOldest()).isNull();
    }

    @Test
    void who_has_seen_a_revision_is_given_the_first_frame_above_it() {
        append(11, 20);
        append(14, 20);
        assertThat(firstAbove(10)).isEqualTo(11);
        assertThat(firstAbove(11)).isEqualTo(14);
        assertThat(firstAbove(12)).isEqualTo(14);
        assertThat(log.end()).isEqualTo(14);
    }

    @Test
    void who_has_seen_everything_is_given_nothing() {
        append(11, 20);
        assertThat(log.read(11, PLENTY)).isInstanceOf(Run.Drained.class);
    }

    @Test
    void who_is_far_back_is_found_a_segment_before_the_last() {
        for (long revision = 11; revision < 60; revision++) {
            append(revision, 500);
        }
        for (long revision = 10; revision < 59; revision++) {
            assertThat(firstAbove(revision)).isEqualTo(revision + 1);
        }
    }

    @Test
    void segments_grow_from_one_kibibyte_to_two_hundred_and_fifty_six() {
        append(11, 1);
        assertThat(log.bytes()).isEqualTo(1 << 10);
        long last = log.bytes();
        long greatest = 0;
        for (long revision = 12; log.bytes() < 2 << 20; revision++) {
            append(revision, 500);
            greatest = Math.max(greatest, log.bytes() - last);
            last = log.bytes();
        }
        assertThat(greatest).isEqualTo(1 << 18);
    }

    /** Else a feed that was busy once would take much for every little that comes later. */
    @Test
    void a_window_that_went_as_a_whole_begins_small_again() {
        for (long revision = 11; revision < 100; revision++) {
            append(revision, 900);
        }
        while (log.dropOldest() != null) {}
        append(100, 10);
        assertThat(log.bytes()).isEqualTo(1 << 10);
    }

    @Test
    void a_frame_that_is_greater_than_a_segment_gets_one_that_it_fits_into() {
        append(11, 1);
        append(12, 200_000);
        assertThat(log.bytes()).isEqualTo((1 << 10) + (1 << 18));
        assertThat(firstAbove(11)).isEqualTo(12);
    }

    @Test
    void the_oldest_segment_goes_and_the_window_begins_behind_its_last_frame() {
        append(11, 600);
        append(12, 300);
        append(13, 600);
        assertThat(log.dropOldest()).isNotNull();
        assertThat(log.from()).isEqualTo(12);
        assertThat(log.bytes()).isEqualTo(2 << 10);
        assertThat(log.read(11, PLENTY)).isInstanceOf(Run.Behind.class);
        assertThat(firstAbove(12)).isEqualTo(13);
    }

    @Test
    void the_only_segment_can_go_and_the_log_goes_on_behind_it() {
        append(11, 900);
        assertThat(log.dropOldest()).isNotNull();
        assertThat(log.bytes()).isZero();
        assertThat(log.read(10, PLENTY)).isInstanceOf(Run.Behind.class);
        assertThat(log.read(11, PLENTY)).isInstanceOf(Run.Drained.class);
        append(12, 900);
        assertThat(firstAbove(11)).isEqualTo(12);
    }

    @Test
    void a_log_that_skips_goes_on_above() {
        log.skipTo(50);
        assertThat(log.read(49, PLENTY)).isInstanceOf(Run.Behind.class);
        assertThat(log.end()).isEqualTo(50);
        append(51, 20);
        assertThat(firstAbove(50)).isEqualTo(51);
    }

    @Test
    void memory_that_is_read_stays_and_is_used_again_when_it_is_not() {
        append(11, 900);
        Run.Frames frames = (Run.Frames) log.read(10, PLENTY);
        log.dropOldest();
        assertThat(memory.spareBytes()).isZero();
        assertThat(frames.bytes().remaining()).isEqualTo(900);
        frames.release();
        assertThat(memory.spareBytes()).isEqualTo(1 << 10);
    }

    private void append(long revision, int bytes) {
        log.append(new byte[bytes], revision);
    }

    private long firstAbove(long revision) {
        Run.Frames frames = (Run.Frames) log.read(revision, 1);
        long found = frames.through();
        assertThat(frames.count()).isEqualTo(1);
        frames.release();
        return found;
    }
}
