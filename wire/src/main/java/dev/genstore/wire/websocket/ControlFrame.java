package dev.genstore.wire.websocket;

import dev.genstore.wire.http.Body;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what a control frame says (RFC 6455, 5.5). */
final class ControlFrame {
    private ControlFrame() {}

    /**
     * The message in a complete control frame.
     *
     * @throws ProtocolViolation when it is a malformed Close
     */
    static Message read(Opcode opcode, Body payload) {
        return switch (opcode) {
            case PING -> new Message.Ping(payload);
            case PONG -> new Message.Pong(payload);
            case CLOSE -> close(payload.bytes());
            case CONTINUATION, TEXT, BINARY ->
                throw new IllegalArgumentException(opcode + " is no control frame");
        };
    }

    private static Message close(byte[] payload) {
        if (payload.length == 0) {
            return new Message.Close(CloseCode.NONE, "");
        }
        if (payload.length == 1) {
            throw ProtocolViolation.protocolError("A close code has two bytes.");
        }
        int code = ByteBuffer.wrap(payload).getChar();
        if (!CloseCode.maySend(code)) {
            throw ProtocolViolation.protocolError("The close code " + code + " may not be sent.");
        }
        return new Message.Close(code, reason(payload));
    }

    private static String reason(byte[] payload) {
        var utf8 = new Utf8Check();
        if (!utf8.accepts(payload, 2, payload.length) || !utf8.isWhole()) {
            throw ProtocolViolation.notUtf8();
        }
        return new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }
}
