package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

class SegmentTest {
    private final FrameMemory memory = new FrameMemory(1 << 20);
    private final Segment segment = new Segment(memory, 1_024, 7);

    @Test
    void a_new_segment_is_empty_and_has_room_for_all_its_bytes() {
        assertThat(segment.count()).isZero();
        assertThat(segment.next()).isNull();
        assertThat(segment.after()).isEqualTo(7);
        assertThat(segment.hasRoom(1_024)).isTrue();
        assertThat(segment.hasRoom(1_025)).isFalse();
    }

    @Test
    void a_frame_that_fits_exactly_fills_it() {
        segment.append(new byte[1_024], 8);
        assertThat(segment.hasRoom(1)).isFalse();
        assertThat(segment.hasRoom(0)).isTrue();
    }

    @Test
    void a_slice_has_the_bytes_between_and_can_not_be_written_to() {
        fill("ab", "c", "def");
        assertThat(text(segment.slice(segment.start(0), segment.end(2)))).isEqualTo("abcdef");
        assertThat(text(segment.slice(segment.start(1), segment.end(1)))).isEqualTo("c");
        ByteBuffer slice = segment.slice(1, 3);
        assertThat(slice.isReadOnly()).isTrue();
        assertThat(text(slice)).isEqualTo("bc");
    }

    @Test
    void its_memory_goes_back_when_the_log_and_the_last_reader_have_let_it_go() {
        assertThat(segment.retain()).isTrue();
        assertThat(segment.retain()).isTrue();
        segment.release();
        segment.release();
        assertThat(memory.spareBytes()).isZero();
        assertThat(segment.retain()).isTrue();
        segment.release();
        segment.release();
        assertThat(memory.spareBytes()).isEqualTo(1_024);
        assertThat(segment.retain()).isFalse();
    }

    @Test
    void more_frames_than_it_was_made_for_are_kept() {
        for (int i = 0; i < 50; i++) {
            segment.append(new byte[] {(byte) i}, 2L * i);
        }
        assertThat(segment.count()).isEqualTo(50);
        assertThat(segment.revision(49)).isEqualTo(98);
        assertThat(segment.slice(49, 50).get()).isEqualTo((byte) 49);
    }

    @Test
    void the_first_above_a_revision_is_found_whether_the_revision_is_there_or_not() {
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
    void what_is_left_of_frames_begins_where_it_was_cut_and_ends_with_a_frame() {
        fill("ab", "c", "def", "gh");
        var frames = new Run.Frames(segment, 0, 3);
        assertThat(rest(frames, 0, 1)).isEqualTo("ab");
        assertThat(rest(frames, 0, 5)).isEqualTo("abc");
        assertThat(rest(frames, 1, 0)).isEqualTo("b");
        assertThat(rest(frames, 2, 0)).isEqualTo("c");
        assertThat(rest(frames, 4, 0)).isEqualTo("ef");
        assertThat(rest(frames, 4, 100)).isEqualTo("efgh");
        assertThat(frames.rest(4, 0).count()).isEqualTo(1);
        assertThat(frames.rest(4, 0).through()).isEqualTo(6);
        assertThat(rest(new Run.Frames(segment, 1, 2), 0, 100)).isEqualTo("cdef");
    }

    private static String rest(Run.Frames frames, int takenBytes, int bytesMax) {
        return text(frames.rest(takenBytes, bytesMax).bytes());
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
