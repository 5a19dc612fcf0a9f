package dev.genstore.wire.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

class FramesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 8100",
        "1, 8101",
        "125, 817d",
        "126, 817e007e",
        "255, 817e00ff",
        "65535, 817effff",
        "65536, 817f0000000000010000",
        "2147483647, 817f000000007fffffff"
    })
    void a_text_header_has_the_shortest_form(int payloadBytes, String header) {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            ByteBuffer to = ByteBuffer.allocateDirect(16).order(order);
            Frames.putTextHeader(payloadBytes, to);
            byte[] written = new byte[to.flip().remaining()];
            to.get(written);
            assertThat(HexFormat.of().formatHex(written)).isEqualTo(header);
            assertThat(Frames.textHeaderBytes(payloadBytes)).isEqualTo(written.length);
        }
    }

    @Test
    void a_text_message_is_header_and_payload() {
        assertThat(hex(Frames.text(utf8("ü")))).isEqualTo("8102c3bc");
        assertThat(hex(Frames.text(new byte[0]))).isEqualTo("8100");
    }

    @Test
    void a_pong_carries_its_payload_and_a_ping_has_none() {
        assertThat(hex(Frames.pong(utf8("hi")))).isEqualTo("8a026869");
        assertThat(hex(Frames.ping())).isEqualTo("8900");
    }

    @Test
    void a_ping_that_was_sent_can_be_sent_again() {
        ByteBuf sent = Frames.ping();
        sent.skipBytes(sent.readableBytes());
        sent.release();
        assertThat(hex(Frames.ping())).isEqualTo("8900");
    }

    @Test
    void a_control_frame_has_at_most_125_bytes() {
        assertThat(Frames.pong(new byte[125]).readableBytes()).isEqualTo(127);
        assertThatIllegalArgumentException().isThrownBy(() -> Frames.pong(new byte[126]));
    }

    @Test
    void a_close_has_code_and_reason() {
        assertThat(hex(Frames.close(1000, ""))).isEqualTo("880203e8");
        assertThat(hex(Frames.close(4401, "ü"))).isEqualTo("88041131c3bc");
    }

    @Test
    void a_close_without_a_code_is_empty() {
        assertThat(hex(Frames.close(CloseCode.NONE, ""))).isEqualTo("8800");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1006, 1015, 2000, 5000, 70_000, -1})
    void a_code_that_may_not_be_sent_is_not_sent(int code) {
        assertThatIllegalArgumentException().isThrownBy(() -> Frames.close(code, ""));
    }

    @ParameterizedTest
    @CsvSource({"a, 123", "ü, 122", "€, 123", "𝄞, 120"})
    void a_long_reason_is_cut_behind_a_whole_character(String character, int reasonBytes) {
        byte[] frame = ByteBufUtil.getBytes(Frames.close(1001, character.repeat(200)));
        assertThat(frame).hasSize(4 + reasonBytes);
        String reason = new String(frame, 4, reasonBytes, StandardCharsets.UTF_8);
        assertThat(reason).isEqualTo(character.repeat(reasonBytes / utf8(character).length));
    }

    @ParameterizedTest
    @CsvSource({"122, 122", "123, 123", "124, 123"})
    void a_reason_is_cut_only_when_it_must_be(int givenBytes, int sentBytes) {
        ByteBuf frame = Frames.close(1001, "a".repeat(givenBytes));
        assertThat(frame.readableBytes()).isEqualTo(4 + sentBytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(ByteBuf frame) {
        return ByteBufUtil.hexDump(frame);
    }
}
