package dev.genstore.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.genstore.wire.websocket.FrameDecoder;
import dev.genstore.wire.websocket.FrameLimits;
import dev.genstore.wire.websocket.Message;
import dev.genstore.wire.websocket.ProtocolViolation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.util.HexFormat;

class DecodersTest {
    private static final String HI = "8182000000006869";

    private final Decoders decoders = new Decoders(FrameLimits.DEFAULT, null);

    @Test
    void one_decoder_serves_all_who_are_between_two_messages() {
        FrameDecoder first = decoders.take();
        assertThat(first.decode(bytes(HI))).isEqualTo(new Message.Text("hi"));
        assertThat(decoders.giveBack(first)).isNull();
        assertThat(decoders.take()).isSameAs(first);
    }

    @Test
    void who_is_in_the_middle_of_a_message_keeps_its_decoder_whatever_is_left_out() {
        for (int split = 2; split < HI.length(); split += 2) {
            FrameDecoder its = decoders.take();
            assertThat(its.decode(bytes(HI.substring(0, split)))).isNull();
            assertThat(decoders.giveBack(its)).as("split at %s", split).isSameAs(its);
            assertThat(decoders.take()).isNotSameAs(its);
            assertThat(its.decode(bytes(HI.substring(split)))).isEqualTo(new Message.Text("hi"));
        }
    }

    @Test
    void who_is_between_two_frames_of_a_message_keeps_its_decoder() {
        FrameDecoder its = decoders.take();
        assertThat(its.decode(bytes("0182000000006869"))).isNull();
        assertThat(decoders.giveBack(its)).isSameAs(its);
    }

    @Test
    void what_was_refused_serves_nobody_else() {
        FrameDecoder its = decoders.take();
        assertThatExceptionOfType(ProtocolViolation.class)
                .isThrownBy(() -> its.decode(bytes("8102")));
        assertThat(decoders.giveBack(its)).isSameAs(its);
    }

    @Test
    void behind_a_close_nothing_is_understood_and_nobody_else_is_served() {
        FrameDecoder its = decoders.take();
        assertThat(its.decode(bytes("888000000000"))).isInstanceOf(Message.Close.class);
        assertThat(decoders.giveBack(its)).isSameAs(its);
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
    }
}
