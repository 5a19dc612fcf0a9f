package dev.genstore.wire.websocket;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * Puts the frames of a text or binary message together (RFC 6455, 5.4).
 *
 * <p>Confined to the event loop of one connection.
 */
final class Assembly {
    private static final int DEFLATED_BYTES = 64;

    private final FrameLimits limits;
    private final PayloadBuffer payload = new PayloadBuffer();
    private final Utf8Check utf8 = new Utf8Check();
    private final @Nullable MessageInflater inflater;
    private @Nullable Opcode type;
    private boolean isDeflated;
    private int frames;

    Assembly(FrameLimits limits, @Nullable MessageInflater inflater) {
        this.limits = limits;
        this.inflater = inflater;
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
        if (type == null) {
            type = start.opcode();
            isDeflated = start.isDeflated();
        }
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
        if (lengthBytes > payloadBytesMax() - payload.length()) {
            throw ProtocolViolation.tooBig(
                    "A message may have " + limits.messageBytesMax() + " bytes.");
        }
    }

    /** What can't be compressed becomes a little longer. */
    private int payloadBytesMax() {
        int bytes = limits.messageBytesMax();
        return isDeflated ? bytes + (bytes >> 8) + DEFLATED_BYTES : bytes;
    }

    /** Whether there is no message that would have to go on. */
    boolean isEmpty() {
        return type == null;
    }

    void append(ByteBuf in, int count, Mask mask) {
        int from = payload.length();
        payload.append(in, count, mask);
        if (type == Opcode.TEXT
                && !isDeflated
                && !utf8.accepts(payload.array(), from, payload.length())) {
            throw ProtocolViolation.notUtf8();
        }
    }

    /** The message, if this was its last frame, else null. */
    @Nullable Message endFrame(boolean isFinal) {
        if (!isFinal) {
            return null;
        }
        boolean isText = type == Opcode.TEXT;
        if (isDeflated) {
            inflate(isText);
        }
        if (!utf8.isWhole()) {
            throw ProtocolViolation.notUtf8();
        }
        type = null;
        frames = 0;
        return isText
                ? new Message.Text(payload.takeText())
                : new Message.Binary(payload.takePayload());
    }

    private void inflate(boolean isText) {
        payload.inflate(Objects.requireNonNull(inflater), limits.messageBytesMax());
        if (isText && !utf8.accepts(payload.array(), 0, payload.length())) {
            throw ProtocolViolation.notUtf8();
        }
    }
}
