package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

class SegmentTest {
    private final Segment segment = new Segment(100);

    @Test
    void a_new_segment_is_empty_and_has_room_for_all_its_bytes() {
        assertThat(segment.count()).isZero();
        assertThat(segment.next()).isNull();
        assertThat(segment.isDropped()).isFalse();
        assertThat(segment.hasRoom(100)).isTrue();
        assertThat(segment.hasRoom(101)).isFalse();
    }

    @Test
    void a_frame_that_fits_exactly_fills_it() {
        segment.append(new byte[100], 2);
        assertThat(segment.hasRoom(1)).isFalse();
        assertThat(segment.hasRoom(0)).isTrue();
    }

    @Test
    void a_slice_has_the_frames_from_the_first_to_the_last() {
        fill("ab", "c", "def");
        assertThat(text(segment.slice(0, 2))).isEqualTo("abcdef");
        assertThat(text(segment.slice(1, 1))).isEqualTo("c");
        assertThat(text(segment.slice(1, 2))).isEqualTo("cdef");
    }

    @Test
    void a_slice_is_direct_can_not_be_written_to_and_outlives_the_segments_end() {
        fill("ab");
        ByteBuffer slice = segment.slice(0, 0);
        segment.drop();
        fill("cd");
        assertThat(slice.isDirect()).isTrue();
        assertThat(slice.isReadOnly()).isTrue();
        assertThat(text(slice)).isEqualTo("ab");
    }

    @Test
    void more_frames_than_it_was_made_for_are_kept() {
        for (int i = 0; i < 50; i++) {
            segment.append(new byte[] {(byte) i}, 2L * i);
        }
        assertThat(segment.count()).isEqualTo(50);
        assertThat(segment.order(49)).isEqualTo(98);
        assertThat(segment.slice(49, 49).get()).isEqualTo((byte) 49);
    }

    @Test
    void the_first_above_an_order_is_found_whether_the_order_is_there_or_not() {
        fill("a", "b", "c");
        assertThat(segment.firstAbove(1, 3)).isZero();
        assertThat(segment.firstAbove(2, 3)).isEqualTo(1);
        assertThat(segment.firstAbove(3, 3)).isEqualTo(1);
        assertThat(segment.firstAbove(6, 3)).isEqualTo(3);
        assertThat(segment.firstAbove(2, 0)).isZero();
    }

    @Test
    void frames_are_taken_up_to_a_size_and_at_least_one() {
        fill("ab", "c", "def");
        assertThat(segment.lastWithin(0, 3, 1)).isZero();
        assertThat(segment.lastWithin(0, 3, 3)).isEqualTo(1);
        assertThat(segment.lastWithin(0, 3, 5)).isEqualTo(1);
        assertThat(segment.lastWithin(0, 3, 6)).isEqualTo(2);
        assertThat(segment.lastWithin(1, 3, 100)).isEqualTo(2);
        assertThat(segment.lastWithin(0, 2, 100)).isEqualTo(1);
    }

    @Test
    void a_dropped_segment_leads_nowhere() {
        segment.link(new Segment(1));
        segment.drop();
        assertThat(segment.isDropped()).isTrue();
        assertThat(segment.next()).isNull();
    }

    private void fill(String... frames) {
        for (String frame : frames) {
            segment.append(frame.getBytes(UTF_8), 2L * (segment.count() + 1));
        }
    }

    private static String text(ByteBuffer bytes) {
        return UTF_8.decode(bytes).toString();
    }
}
