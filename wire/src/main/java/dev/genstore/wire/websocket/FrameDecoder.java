package dev.genstore.wire.websocket;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * Makes messages out of the bytes that a client sends behind its handshake (RFC 6455, 5). How the
 * bytes are split does not matter. What breaks a rule is refused as soon as it can be seen: a message
 * that is too big at its header, text that is not UTF-8 at the first wrong byte.
 *
 * <pre>
 *          2 bytes           0, 2 or 8 bytes         4 bytes
 * ──▶ START ───────▶ LENGTH ─────────────────▶ MASK ─────────▶ PAYLOAD
 *       ▲                                                         │ all its bytes
 *       └──────────── message, or frame inside one ───────────────┤
 *                                                   Close         ▼
 *                                    CLOSED ◀──────────────── FRAME_END
 *
 * any ──violation──▶ refused
 * </pre>
 *
 * <p>Behind a Close everything is dropped. What is refused stays refused: every further call throws
 * the same violation.
 *
 * <p>Confined to the event loop of its connection.
 */
public final class FrameDecoder {
    private enum State {
        START,
        LENGTH,
        MASK,
        PAYLOAD,
        FRAME_END,
        CLOSED
    }

    private final BigEndian number = new BigEndian();
    private final Mask mask = new Mask();
    private final PayloadBuffer control = new PayloadBuffer();
    private final Assembly message;
    private final boolean mayDeflate;

    private State state = State.START;
    private FrameStart frame = new FrameStart(true, Opcode.CONTINUATION, false, 0);
    private int payloadBytesLeft;
    private @Nullable ProtocolViolation refusal;

    /** A decoder of a client with which no extension is agreed on. */
    public FrameDecoder(FrameLimits limits) {
        this(limits, null);
    }

    /**
     * A decoder.
     *
     * @param inflater what inflates messages; null when compression is not agreed on
     */
    public FrameDecoder(FrameLimits limits, @Nullable MessageInflater inflater) {
        this.message = new Assembly(limits, inflater);
        this.mayDeflate = inflater != null;
    }

    /**
     * Takes bytes of at most one message.
     *
     * @return the message when it is complete; else null, and then all of {@code in} is consumed
     * @throws ProtocolViolation when the client broke a rule; close with its code
     */
    public @Nullable Message decode(ByteBuf in) {
        if (refusal != null) {
            throw refusal;
        }
        try {
            return next(in);
        } catch (ProtocolViolation violation) {
            refusal = violation;
            throw violation;
        }
    }

    private @Nullable Message next(ByteBuf in) {
        Message complete = null;
        while (complete == null && step(in)) {
            complete = state == State.FRAME_END ? endFrame() : null;
        }
        return complete;
    }

    /** Whether it is between two messages, where one decoder is like any other. */
    public boolean isAtRest() {
        return state == State.START && number.isEmpty() && message.isEmpty() && refusal == null;
    }

    /** Follows the arrow that leaves the present state, if enough has come for it. */
    private boolean step(ByteBuf in) {
        return switch (state) {
            case START -> readStart(in);
            case LENGTH -> readLength(in);
            case MASK -> readMask(in);
            case PAYLOAD -> readPayload(in);
            case FRAME_END -> throw new IllegalStateException("the end of a frame needs no bytes");
            case CLOSED -> drop(in);
        };
    }

    private boolean readStart(ByteBuf in) {
        if (!number.gather(in, 2)) {
            return false;
        }
        frame = FrameStart.of((int) number.take(), mayDeflate);
        if (!frame.opcode().isControl()) {
            message.beginFrame(frame);
        }
        state = State.LENGTH;
        return true;
    }

    private boolean readLength(ByteBuf in) {
        if (!number.gather(in, frame.lengthBytes())) {
            return false;
        }
        long lengthBytes = frame.length(number.take());
        if (!frame.opcode().isControl()) {
            message.announce(lengthBytes);
        }
        payloadBytesLeft = (int) lengthBytes;
        state = State.MASK;
        return true;
    }

    private boolean readMask(ByteBuf in) {
        if (!number.gather(in, 4)) {
            return false;
        }
        mask.start((int) number.take());
        state = State.PAYLOAD;
        return true;
    }

    private boolean readPayload(ByteBuf in) {
        int count = Math.min(payloadBytesLeft, in.readableBytes());
        if (frame.opcode().isControl()) {
            control.append(in, count, mask);
        } else {
            message.append(in, count, mask);
        }
        payloadBytesLeft -= count;
        if (payloadBytesLeft > 0) {
            return false;
        }
        state = State.FRAME_END;
        return true;
    }

    private @Nullable Message endFrame() {
        state = frame.opcode() == Opcode.CLOSE ? State.CLOSED : State.START;
        return frame.opcode().isControl()
                ? ControlFrame.read(frame.opcode(), control.takePayload())
                : message.endFrame(frame.isFinal());
    }

    private static boolean drop(ByteBuf in) {
        in.skipBytes(in.readableBytes());
        return false;
    }
}
