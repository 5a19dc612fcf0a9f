package dev.genstore.wire.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.wire.http.Body;
import dev.genstore.wire.http.Split;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;

/**
 * What a decoder made of the bytes behind a handshake, in the words of the tables. A character that
 * can't be seen is written as {@code \} and its number in hexadecimal digits.
 */
final class Conversation {
    private final FrameDecoder decoder;
    private final List<Message> messages = new ArrayList<>();
    private @Nullable ProtocolViolation violation;

    private Conversation(FrameDecoder decoder) {
        this.decoder = decoder;
    }

    static String of(Split split, FrameLimits limits) {
        return after(split, limits).words();
    }

    static List<Message> messages(Split split) {
        return after(split, FrameLimits.DEFAULT).messages;
    }

    /** The reason why these bytes are refused; empty when they are not. */
    static String refusalOf(FrameDecoder decoder, ByteBuf in) {
        var conversation = new Conversation(decoder);
        conversation.feed(in);
        return conversation.violation == null ? "" : conversation.violation.reason();
    }

    private static Conversation after(Split split, FrameLimits limits) {
        var conversation = new Conversation(new FrameDecoder(limits));
        split.pieces().forEach(conversation::feed);
        return conversation;
    }

    private void feed(ByteBuf piece) {
        Message message = decode(piece);
        while (message != null) {
            messages.add(message);
            message = decode(piece);
        }
        assertThat(violation != null || !piece.isReadable())
                .as("null means that all is consumed")
                .isTrue();
        piece.release();
    }

    private @Nullable Message decode(ByteBuf piece) {
        if (violation != null) {
            return null;
        }
        try {
            return decoder.decode(piece);
        } catch (ProtocolViolation thrown) {
            violation = thrown;
            return null;
        }
    }

    private String words() {
        var words = new StringJoiner("; ").setEmptyValue("nothing");
        messages.forEach(message -> words.add(words(message)));
        if (violation != null) {
            words.add(Integer.toString(violation.closeCode()));
        }
        return words.toString();
    }

    private static String words(Message message) {
        return switch (message) {
            case Message.Text(String text) -> "Text(" + visible(text) + ")";
            case Message.Binary(Body payload) -> "Binary(" + hex(payload) + ")";
            case Message.Ping(Body payload) -> "Ping(" + hex(payload) + ")";
            case Message.Pong(Body payload) -> "Pong(" + hex(payload) + ")";
            case Message.Close(int code, String reason) ->
                "Close(" + (code + " " + reason).strip() + ")";
        };
    }

    private static String hex(Body payload) {
        return HexFormat.of().formatHex(payload.bytes());
    }

    private static String visible(String text) {
        var visible = new StringBuilder();
        text.codePoints().forEach(c -> {
            if ((c < 0x100 && Character.isLetterOrDigit(c)) || "€𝄞 ".indexOf(c) >= 0) {
                visible.appendCodePoint(c);
            } else {
                visible.append('\\').append(Integer.toHexString(c));
            }
        });
        return visible.toString();
    }
}
