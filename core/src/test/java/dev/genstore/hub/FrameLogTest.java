package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Objects;

class FrameLogTest {
    private final FrameLog log = new FrameLog(10);

    @Test
    void a_synced_stands_behind_the_change_of_its_revision_and_before_the_next() {
        assertThat(FrameLog.order(7, true))
                .isBetween(FrameLog.order(7, false) + 1, FrameLog.order(8, false) - 1);
        assertThat(FrameLog.revision(FrameLog.order(7, true))).isEqualTo(7);
        assertThat(FrameLog.revision(FrameLog.order(7, false))).isEqualTo(7);
    }

    @Test
    void an_empty_log_has_everything_from_its_beginning_on_and_takes_no_memory() {
        assertThat(log.locate(new Cursor(10))).isTrue();
        assertThat(log.locate(new Cursor(11))).isTrue();
        assertThat(log.locate(new Cursor(9))).isFalse();
        assertThat(log.bytes()).isZero();
        assertThat(log.dropOldest()).isFalse();
    }

    @Test
    void a_cursor_is_put_before_the_first_frame_above_its_revision() {
        append(11, 20);
        append(14, 20);
        assertThat(located(10)).isEqualTo(11);
        assertThat(located(11)).isEqualTo(14);
        assertThat(located(12)).isEqualTo(14);
    }

    @Test
    void a_cursor_that_has_seen_everything_is_put_nowhere() {
        append(11, 20);
        var cursor = new Cursor(11);
        assertThat(log.locate(cursor)).isTrue();
        assertThat(cursor.segment).isNull();
    }

    @Test
    void a_synced_of_the_cursors_own_revision_is_above_it() {
        append(11, 20);
        log.append(new byte[20], FrameLog.order(11, true));
        log.append(new byte[20], FrameLog.order(11, true));
        var cursor = new Cursor(11);
        assertThat(log.locate(cursor)).isTrue();
        assertThat(cursor.index).isEqualTo(1);
    }

    @Test
    void segments_grow_from_one_kibibyte_to_sixty_four() {
        append(11, 1);
        assertThat(log.bytes()).isEqualTo(1 << 10);
        long last = log.bytes();
        long greatest = 0;
        for (long revision = 12; log.bytes() < 1 << 20; revision++) {
            append(revision, 500);
            greatest = Math.max(greatest, log.bytes() - last);
            last = log.bytes();
        }
        assertThat(greatest).isEqualTo(1 << 16);
    }

    @Test
    void a_frame_that_is_greater_than_a_segment_gets_one_of_its_own_size() {
        append(11, 1);
        append(12, 200_000);
        assertThat(log.bytes()).isEqualTo((1 << 10) + 200_000);
        assertThat(located(11)).isEqualTo(12);
    }

    @Test
    void the_oldest_segment_goes_and_the_window_begins_behind_its_last_frame() {
        append(11, 600);
        append(12, 300);
        append(13, 600);
        assertThat(log.dropOldest()).isTrue();
        assertThat(log.from()).isEqualTo(12);
        assertThat(log.bytes()).isEqualTo(2 << 10);
        assertThat(log.locate(new Cursor(11))).isFalse();
        assertThat(located(12)).isEqualTo(13);
    }

    @Test
    void the_only_segment_stays() {
        append(11, 900);
        append(12, 900);
        assertThat(log.dropOldest()).isTrue();
        assertThat(log.dropOldest()).isFalse();
        assertThat(located(11)).isEqualTo(12);
    }

    @Test
    void a_log_that_skips_has_nothing_left_and_goes_on_above() {
        append(11, 900);
        append(12, 900);
        var before = new Cursor(10);
        assertThat(log.locate(before)).isTrue();
        log.skipTo(50);
        assertThat(log.bytes()).isZero();
        assertThat(Objects.requireNonNull(before.segment).isDropped()).isTrue();
        assertThat(log.locate(new Cursor(49))).isFalse();
        append(51, 20);
        assertThat(located(50)).isEqualTo(51);
    }

    private void append(long revision, int bytes) {
        log.append(new byte[bytes], FrameLog.order(revision, false));
    }

    private long located(long revision) {
        var cursor = new Cursor(revision);
        assertThat(log.locate(cursor)).isTrue();
        return FrameLog.revision(Objects.requireNonNull(cursor.segment).order(cursor.index));
    }
}
