package dev.genstore.wire.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.testkit.FrameTable;
import dev.genstore.wire.http.Body;

import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Compressed messages in both directions (RFC 7692). */
class DeflateTest {
    private static final int DEFLATED_TEXT = 0xC1;
    private static final int DEFLATED_BINARY = 0xC2;
    private static final FrameLimits LIMITS = new FrameLimits(10_000, 100);
    private static final String[] HELLOS = {
        // The examples of RFC 7692, 7.2.3: one block, stored, with BFINAL, and two blocks.
        "f248cdc9c90700", "000500faff48656c6c6f00", "f348cdc9c9070000", "f24805000000ffffcac9c90700"
    };

    private final MessageInflater inflater = new MessageInflater();

    @AfterEach
    void end() {
        inflater.close();
    }

    @Test
    void the_examples_of_the_rfc_are_understood() {
        for (String hello : HELLOS) {
            assertThat(decode(frame(DEFLATED_TEXT, hex(hello))))
                    .as(hello)
                    .isEqualTo(new Message.Text("Hello"));
        }
    }

    @Test
    void no_message_builds_on_the_one_before() {
        byte[] both = join(
                frame(DEFLATED_TEXT, hex("f248cdc9c90700")),
                frame(DEFLATED_TEXT, hex("f200110000"))); // RFC 7692, 7.2.3.2
        var decoder = new FrameDecoder(LIMITS, inflater);
        var in = Unpooled.wrappedBuffer(both);
        assertThat(decoder.decode(in)).isEqualTo(new Message.Text("Hello"));
        assertThatThrownBy(() -> decoder.decode(in)).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void compressed_frames_of_two_connections_do_not_mix() {
        var one = new FrameDecoder(LIMITS, inflater);
        var other = new FrameDecoder(LIMITS, inflater);
        byte[] hello = hex("f248cdc9c90700");
        byte[] begin = frame(0x41, Arrays.copyOf(hello, 3));
        byte[] end = frame(0x80, Arrays.copyOfRange(hello, 3, hello.length));
        assertThat(one.decode(Unpooled.wrappedBuffer(begin))).isNull();
        assertThat(other.decode(Unpooled.wrappedBuffer(frame(DEFLATED_TEXT, hello))))
                .isEqualTo(new Message.Text("Hello"));
        assertThat(one.decode(Unpooled.wrappedBuffer(end))).isEqualTo(new Message.Text("Hello"));
    }

    @Test
    void a_message_of_the_greatest_length_passes_and_one_byte_more_does_not() {
        byte[] noise = new byte[LIMITS.messageBytesMax()];
        new Random(1).nextBytes(noise);
        assertThat(decode(frame(DEFLATED_BINARY, deflated(noise))))
                .isEqualTo(new Message.Binary(Body.of(noise)));
        refused(frame(DEFLATED_BINARY, deflated(new byte[noise.length + 1])), 1009);
    }

    @Test
    void a_bomb_is_refused_as_soon_as_it_is_too_long() {
        byte[] bomb = deflated(new byte[5 << 20]);
        assertThat(bomb.length).isLessThan(LIMITS.messageBytesMax());
        refused(frame(DEFLATED_TEXT, bomb), 1009);
    }

    @Test
    void too_much_is_refused_before_it_comes() {
        byte[] whole = frame(DEFLATED_TEXT, new byte[LIMITS.messageBytesMax() + 1_000]);
        refused(Arrays.copyOf(whole, 8), 1009);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "f248cdc9", "000500faff48656c", "", "f348cdc9c90700000000000000"})
    void what_is_no_deflate_is_refused(String payload) {
        refused(frame(DEFLATED_TEXT, hex(payload)), 1007);
    }

    @Test
    void inflated_text_must_be_utf_8() {
        byte[] wrong = {'a', (byte) 0xC3, '('};
        refused(frame(DEFLATED_TEXT, deflated(wrong)), 1007);
        refused(frame(DEFLATED_TEXT, deflated(Arrays.copyOf(wrong, 2))), 1007);
        assertThat(decode(frame(DEFLATED_BINARY, deflated(wrong))))
                .isEqualTo(new Message.Binary(Body.of(wrong)));
    }

    @Test
    void a_message_need_not_be_compressed() {
        assertThat(decode(frame(0x81, "plain".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(new Message.Text("plain"));
    }

    @ParameterizedTest
    @CsvSource({"C9, a ping", "CA, a pong", "C8, a Close", "A1, RSV2", "91, RSV3", "E1, RSV1 and 2"
    })
    void other_bits_stay_reserved(String first, String ignoredName) {
        refused(frame(Integer.parseInt(first, 16), new byte[0]), 1002);
    }

    @Test
    void only_the_first_frame_says_that_a_message_is_compressed() {
        refused(join(frame(0x41, hex("f248")), frame(0xC0, hex("cdc9c90700"))), 1002);
        refused(join(frame(0x01, hex("6162")), frame(0xC0, hex("cdc9c90700"))), 1002);
    }

    @Test
    void without_the_extension_the_bit_is_refused() {
        var decoder = new FrameDecoder(LIMITS);
        byte[] hello = frame(DEFLATED_TEXT, hex("f248cdc9c90700"));
        assertThatThrownBy(() -> decoder.decode(Unpooled.wrappedBuffer(hello)))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.closeCode()).isEqualTo(1002));
    }

    @Test
    void damaged_messages_are_understood_or_refused() {
        byte[] text = deflated("the same again, the same again".getBytes(StandardCharsets.UTF_8));
        for (long seed = 1; seed <= 3_000; seed++) {
            var random = new Random(seed);
            byte[] damaged = text.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(decode(frame(DEFLATED_TEXT, damaged)))
                        .as("seed %d", seed)
                        .isInstanceOf(Message.Text.class);
            } catch (ProtocolViolation violation) {
                assertThat(violation.closeCode()).as("seed %d", seed).isIn(1007, 1009);
            }
        }
    }

    /** Every length of the header, and more than fits at first when it can't be compressed. */
    @ParameterizedTest
    @ValueSource(ints = {1, 50, 200, 5_000, 70_000, 1 << 20})
    void frames_of_a_stream_are_inflated_one_behind_the_other(int length) throws Exception {
        var random = new Random(length);
        var with = new Inflater(true);
        try (var stream = new DeflateStream()) {
            for (int i = 0; i < 5; i++) {
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                assertThat(inflated(with, stream.frame(noise, i == 3), length)).isEqualTo(noise);
            }
        }
        with.end();
    }

    @Test
    void a_frame_builds_on_those_before_it_unless_it_begins_anew() throws Exception {
        byte[] event = new byte[500];
        new Random(1).nextBytes(event);
        try (var stream = new DeflateStream()) {
            assertThat(stream.frame(event, true).length).isGreaterThan(500);
            assertThat(stream.frame(event, false).length).isLessThan(30);
            byte[] anew = stream.frame(event, true);
            var fresh = new Inflater(true);
            assertThat(inflated(fresh, anew, 500)).isEqualTo(event);
            fresh.end();
        }
    }

    private static byte[] inflated(Inflater with, byte[] frame, int length)
            throws DataFormatException {
        assertThat(frame[0]).isEqualTo((byte) DEFLATED_TEXT);
        int header = (frame[1] & 0x7F) == 127 ? 10 : (frame[1] & 0x7F) == 126 ? 4 : 2;
        byte[] bytes = new byte[length + 1];
        with.setInput(join(Arrays.copyOfRange(frame, header, frame.length), hex("0000ffff")));
        return Arrays.copyOf(bytes, with.inflate(bytes));
    }

    private Message decode(byte[] bytes) {
        Message message = new FrameDecoder(LIMITS, inflater).decode(Unpooled.wrappedBuffer(bytes));
        return Objects.requireNonNull(message);
    }

    private void refused(byte[] bytes, int closeCode) {
        var decoder = new FrameDecoder(LIMITS, inflater);
        assertThatThrownBy(() -> decoder.decode(Unpooled.wrappedBuffer(bytes)))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.closeCode()).isEqualTo(closeCode));
    }

    private static byte[] frame(int first, byte[] payload) {
        return FrameTable.masked(first, payload);
    }

    private static byte[] deflated(byte[] bytes) {
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        byte[] room = new byte[bytes.length + 200];
        deflater.setInput(bytes);
        int length = deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH) - 4;
        deflater.end();
        return Arrays.copyOf(room, length);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static byte[] join(byte[]... pieces) {
        var joined = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            joined.writeBytes(piece);
        }
        return joined.toByteArray();
    }
}
