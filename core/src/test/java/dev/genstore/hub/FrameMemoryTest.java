package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;

class FrameMemoryTest {
    private final FrameMemory memory = new FrameMemory(4 << 10);

    @ParameterizedTest
    @CsvSource({
        "0, 1024",
        "1, 1024",
        "1024, 1024",
        "1025, 2048",
        "2048, 2048",
        "1048577, 2097152",
        "2097152, 2097152",
        "2097153, 2097153",
        "5000000, 5000000"
    })
    void a_block_is_a_power_of_two_up_to_two_mebibytes(int bytesMin, int capacity) {
        assertThat(memory.take(bytesMin).capacity()).isEqualTo(capacity);
    }

    @Test
    void what_comes_back_is_used_again_for_the_same_size_and_is_empty() {
        ByteBuffer block = memory.take(2_000);
        block.put(new byte[100]);
        memory.giveBack(block);
        assertThat(memory.spareBytes()).isEqualTo(2_048);
        assertThat(memory.take(1_000)).isNotSameAs(block);
        ByteBuffer again = memory.take(1_500);
        assertThat(again).isSameAs(block);
        assertThat(again.position()).isZero();
        assertThat(again.remaining()).isEqualTo(2_048);
        assertThat(memory.spareBytes()).isZero();
    }

    /** Else memory that moves along with a window would be made anew all the time. */
    @Test
    void blocks_of_a_size_that_there_are_many_of_make_room_for_those_of_another() {
        for (int i = 0; i < 4; i++) {
            memory.giveBack(ByteBuffer.allocateDirect(1 << 10));
        }
        ByteBuffer great = ByteBuffer.allocateDirect(2 << 10);
        memory.giveBack(great);
        assertThat(memory.spareBytes()).isEqualTo(4 << 10);
        assertThat(memory.take(2 << 10)).isSameAs(great);
        assertThat(memory.spareBytes()).isEqualTo(2 << 10);
    }

    @Test
    void no_more_is_kept_than_was_allowed() {
        for (int i = 0; i < 10; i++) {
            memory.giveBack(ByteBuffer.allocateDirect(1 << 10));
        }
        assertThat(memory.spareBytes()).isEqualTo(4 << 10);
        memory.giveBack(ByteBuffer.allocateDirect(3 << 20));
        assertThat(memory.spareBytes()).isEqualTo(4 << 10);
    }
}
