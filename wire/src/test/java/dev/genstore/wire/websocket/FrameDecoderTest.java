package dev.genstore.wire.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.testkit.FrameTable;
import dev.genstore.testkit.Table;
import dev.genstore.wire.http.Body;
import dev.genstore.wire.http.Split;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

class FrameDecoderTest {
    private static final int MUTATIONS = 3_000;

    @ParameterizedTest
    @MethodSource("frames")
    void frames_become_what_the_table_says_however_they_are_split(Table.Row row) {
        for (Split split : Split.allOf(FrameTable.bytes(row.input()))) {
            assertThat(Conversation.of(split, FrameLimits.DEFAULT))
                    .as(split.name())
                    .isEqualTo(row.outcome());
        }
    }

    static Stream<Table.Row> frames() {
        return Stream.of("frames.txt", "headers.txt", "close.txt", "utf8.txt")
                .flatMap(file -> Table.rows(FrameDecoderTest.class, file).stream());
    }

    @Test
    void damaged_frames_have_one_outcome_however_they_are_split() {
        List<Table.Row> rows = frames().filter(row -> !row.input().isEmpty()).toList();
        for (long seed = 1; seed <= MUTATIONS; seed++) {
            var random = new Random(seed);
            byte[] bytes =
                    FrameTable.bytes(rows.get(random.nextInt(rows.size())).input());
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(Conversation.of(Split.random(bytes, seed), FrameLimits.DEFAULT))
                    .as("seed %d", seed)
                    .isEqualTo(Conversation.of(Split.atOnce(bytes), FrameLimits.DEFAULT));
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 124, 125, 126, 127, 128, 1_000, 65_535, 65_536
            })
    void a_payload_of_every_form_of_length_is_unmasked(int lengthBytes) {
        byte[] payload = new byte[lengthBytes];
        new Random(lengthBytes).nextBytes(payload);
        byte[] frame = FrameTable.masked(0x82, payload);
        for (long seed = 1; seed <= 10; seed++) {
            assertThat(onlyMessage(Split.random(frame, seed)))
                    .as("seed %d", seed)
                    .isEqualTo(new Message.Binary(Body.of(payload)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x89, 0x8A, 0x88})
    void a_control_frame_has_at_most_125_bytes(int first) {
        byte[] payload = new byte[126];
        payload[0] = 0x03;
        payload[1] = (byte) 0xE8;
        byte[] largest = FrameTable.masked(first, Arrays.copyOf(payload, 125));
        assertThat(Conversation.of(Split.atOnce(largest), FrameLimits.DEFAULT))
                .doesNotContain("1002");
        byte[] larger = FrameTable.masked(first, payload);
        assertThat(Conversation.of(Split.atOnce(larger), FrameLimits.DEFAULT)).isEqualTo("1002");
    }

    @Test
    void random_utf_8_is_judged_as_the_platform_judges_it() {
        for (long seed = 1; seed <= 20_000; seed++) {
            byte[] text = almostUtf8(new Random(seed));
            String outcome = Conversation.of(
                    Split.random(FrameTable.masked(0x81, text), seed), FrameLimits.DEFAULT);
            assertThat(!outcome.equals("1007")).as("seed %d", seed).isEqualTo(Utf8.isRight(text));
        }
    }

    private static byte[] almostUtf8(Random random) {
        int[] likely = {0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xdf};
        int[] first = {0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff};
        byte[] text = new byte[1 + random.nextInt(6)];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte)
                    (i == 0
                            ? first[random.nextInt(first.length)]
                            : likely[random.nextInt(likely.length)]);
        }
        return text;
    }

    @Test
    void a_message_may_have_so_many_frames_and_no_more() {
        var limits = new FrameLimits(100, 3);
        byte[] most = FrameTable.bytes("[01 a] [00] [89 x] [80 b] [01 c] [00] [80 d]");
        byte[] unfinished = FrameTable.bytes("[01 a] [00] [00]");
        assertThat(Conversation.of(Split.atOnce(most), limits))
                .isEqualTo("Ping(78); Text(ab); Text(cd)");
        byte[] header = FrameTable.bytes("[01 a] [00] [00] 80 80");
        assertThat(Conversation.of(Split.atOnce(unfinished), limits)).isEqualTo("nothing");
        assertThat(Conversation.of(Split.atOnce(header), limits)).isEqualTo("1009");
    }

    @Test
    void a_message_may_be_so_large_over_all_its_frames() {
        var limits = new FrameLimits(4, 9);
        byte[] largest = FrameTable.bytes("[01 ab] [00 c] [80 d] [81 abcd]");
        assertThat(Conversation.of(Split.atOnce(largest), limits))
                .isEqualTo("Text(abcd); Text(abcd)");
        byte[] larger = FrameTable.bytes("[01 ab] [00 c] 80 82");
        assertThat(Conversation.of(Split.atOnce(larger), limits)).isEqualTo("1009");
    }

    @ParameterizedTest
    @CsvSource({"0, 1, messageBytesMax", "1, 0, messageFramesMax"})
    void a_limit_that_is_too_small_is_named(int bytes, int frames, String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FrameLimits(bytes, frames))
                .withMessageStartingWith(name);
    }

    @Test
    void the_smallest_limits_take_the_smallest_message() {
        byte[] message = FrameTable.bytes("[81 a]");
        assertThat(Conversation.of(Split.atOnce(message), new FrameLimits(1, 1)))
                .isEqualTo("Text(a)");
    }

    @Test
    void payloads_are_equal_when_their_bytes_are() {
        assertThat(onlyMessage(Split.atOnce(FrameTable.bytes("[89 hi]"))))
                .isEqualTo(new Message.Ping(Body.of(new byte[] {'h', 'i'})))
                .hasSameHashCodeAs(new Message.Ping(Body.of(new byte[] {'h', 'i'})))
                .isNotEqualTo(new Message.Ping(Body.EMPTY));
    }

    @Test
    void what_is_refused_stays_refused() {
        var decoder = new FrameDecoder(FrameLimits.DEFAULT);
        ByteBuf in = Unpooled.wrappedBuffer(FrameTable.bytes("[83 a] [81 b]"));
        assertThatThrownBy(() -> decoder.decode(in))
                .isInstanceOfSatisfying(ProtocolViolation.class, violation -> {
                    assertThat(violation.closeCode()).isEqualTo(1002);
                    assertThat(violation.reason()).isNotBlank();
                    assertThatThrownBy(() -> decoder.decode(in)).isSameAs(violation);
                });
    }

    @Test
    void every_reason_fits_into_a_close() {
        for (Table.Row row : frames().toList()) {
            var decoder = new FrameDecoder(FrameLimits.DEFAULT);
            ByteBuf in = Unpooled.wrappedBuffer(FrameTable.bytes(row.input()));
            assertThat(Conversation.refusalOf(decoder, in).length()).isLessThan(124);
        }
    }

    private static Message onlyMessage(Split split) {
        var messages = Conversation.messages(split);
        assertThat(messages).hasSize(1);
        return messages.getFirst();
    }
}
