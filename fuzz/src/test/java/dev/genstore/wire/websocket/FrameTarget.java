package dev.genstore.wire.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.fuzz.Pieces;
import dev.genstore.wire.http.Body;

import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/** However frames are split, they come to what the model says; compressed ones come to one thing. */
public final class FrameTarget {
    /** So small that inputs reach them. */
    private static final FrameLimits LIMITS = new FrameLimits(200, 5);

    private FrameTarget() {}

    /** Tries these bytes of a client. */
    public static void check(byte[] input) {
        List<String> expected = FrameModel.words(input, LIMITS);
        for (List<byte[]> pieces : Pieces.of(input)) {
            assertThat(words(pieces, new FrameDecoder(LIMITS))).isEqualTo(expected);
        }
        try (var inflater = new MessageInflater()) {
            checkCompressed(input, () -> new FrameDecoder(LIMITS, inflater));
        }
    }

    private static void checkCompressed(byte[] input, Supplier<FrameDecoder> decoders) {
        List<String> expected = words(List.of(input), decoders.get());
        for (List<byte[]> pieces : Pieces.of(input)) {
            assertThat(words(pieces, decoders.get())).isEqualTo(expected);
        }
    }

    private static List<String> words(List<byte[]> pieces, FrameDecoder decoder) {
        var said = new ArrayList<String>();
        try {
            for (byte[] piece : pieces) {
                read(piece, decoder, said);
            }
        } catch (ProtocolViolation violation) {
            assertThat(violation.reason().length()).as("a reason fits").isBetween(1, 123);
            said.add(Integer.toString(violation.closeCode()));
        }
        return said;
    }

    private static void read(byte[] piece, FrameDecoder decoder, List<String> said) {
        var in = Unpooled.wrappedBuffer(piece);
        @Nullable Message message = decoder.decode(in);
        while (message != null) {
            said.add(words(message));
            message = decoder.decode(in);
        }
        assertThat(in.isReadable()).as("null means that all is consumed").isFalse();
    }

    private static String words(Message message) {
        return switch (message) {
            case Message.Text(String text) ->
                word("text", Body.of(text.getBytes(StandardCharsets.UTF_8)));
            case Message.Binary(Body payload) -> word("binary", payload);
            case Message.Ping(Body payload) -> word("ping", payload);
            case Message.Pong(Body payload) -> word("pong", payload);
            case Message.Close(int code, String reason) ->
                word("close " + code, Body.of(reason.getBytes(StandardCharsets.UTF_8)));
        };
    }

    private static String word(String what, Body payload) {
        assertThat(payload.bytes().length).isLessThanOrEqualTo(LIMITS.messageBytesMax());
        return what + " " + HexFormat.of().formatHex(payload.bytes());
    }
}
