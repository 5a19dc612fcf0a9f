package dev.genstore.wire.websocket;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * Puts the frames of a text or binary message together (RFC 6455, 5.4).
 *
 * <p>Confined to the event loop of one connection.
 */
final class Assembly {
    private final FrameLimits limits;
    private final PayloadBuffer payload = new PayloadBuffer();
    private final Utf8Check utf8 = new Utf8Check();
    private @Nullable Opcode type;
    private int frames;

    Assembly(FrameLimits limits) {
        this.limits = limits;
    }

    /**
     * Begins a message or goes on with one.
     *
     * @throws ProtocolViolation when the frame does not fit behind the one before
     */
    void beginFrame(FrameStart start) {
        boolean goesOn = start.opcode() == Opcode.CONTINUATION;
        if (goesOn != (type != null)) {
            throw ProtocolViolation.protocolError(
                    goesOn
                            ? "There is no message to continue."
                            : "The message before is not complete.");
        }
        type = type == null ? start.opcode() : type;
        frames++;
        if (frames > limits.messageFramesMax()) {
            throw ProtocolViolation.tooBig(
                    "A message may have " + limits.messageFramesMax() + " frames.");
        }
    }

    /**
     * Makes sure, before any of it comes, that there may be this much more.
     *
     * @throws ProtocolViolation when the message would be too big
     */
    void announce(long lengthBytes) {
        if (lengthBytes > limits.messageBytesMax() - payload.length()) {
            throw ProtocolViolation.tooBig(
                    "A message may have " + limits.messageBytesMax() + " bytes.");
        }
    }

    void append(ByteBuf in, int count, Mask mask) {
        int from = payload.length();
        payload.append(in, count, mask);
        if (type == Opcode.TEXT && !utf8.accepts(payload.array(), from, payload.length())) {
            throw ProtocolViolation.notUtf8();
        }
    }

    /** The message, if this was its last frame, else null. */
    @Nullable Message endFrame(boolean isFinal) {
        if (!isFinal) {
            return null;
        }
        if (!utf8.isWhole()) {
            throw ProtocolViolation.notUtf8();
        }
        boolean isText = type == Opcode.TEXT;
        type = null;
        frames = 0;
        return isText
                ? new Message.Text(payload.takeText())
                : new Message.Binary(payload.takePayload());
    }
}
