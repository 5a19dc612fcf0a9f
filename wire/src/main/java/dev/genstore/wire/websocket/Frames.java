package dev.genstore.wire.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Makes a server's frames. They are whole messages and carry no mask (RFC 6455, 5.1). */
public final class Frames {
    /** How long the payload of a ping, a pong or a Close may be (RFC 6455, 5.5). */
    public static final int CONTROL_BYTES_MAX = 125;

    /** How long the reason of a Close may be, as UTF-8. */
    public static final int REASON_BYTES_MAX = CONTROL_BYTES_MAX - 2;

    /** In direct memory, where it can be written from without a copy. */
    private static final ByteBuf PING = Unpooled.unreleasableBuffer(Unpooled.directBuffer(2)
            .writeBytes(control(Opcode.PING, new byte[0]))
            .asReadOnly());

    private Frames() {}

    /** How many bytes stand before a text payload of this length: 2, 4 or 10. */
    public static int textHeaderBytes(int payloadBytes) {
        if (payloadBytes <= FrameStart.SHORT_MAX) {
            return 2;
        }
        return payloadBytes <= 0xFFFF ? 4 : 10;
    }

    /** Puts what stands before a text payload of this length, whatever the buffer's byte order is. */
    public static void putTextHeader(int payloadBytes, ByteBuffer to) {
        to.put((byte) Opcode.TEXT.firstByte());
        switch (textHeaderBytes(payloadBytes)) {
            case 2 -> to.put((byte) payloadBytes);
            case 4 -> putBytes(payloadBytes, 2, to.put((byte) FrameStart.TWO_BYTES_FOLLOW));
            default -> putBytes(payloadBytes, 8, to.put((byte) FrameStart.EIGHT_BYTES_FOLLOW));
        }
    }

    /** The same for a payload that is compressed (RFC 7692, 6). */
    static void putDeflatedTextHeader(int payloadBytes, ByteBuffer to) {
        int at = to.position();
        putTextHeader(payloadBytes, to);
        to.put(at, (byte) (to.get(at) | FrameStart.DEFLATED_BIT));
    }

    private static void putBytes(long number, int count, ByteBuffer to) {
        for (int i = count - 1; i >= 0; i--) {
            to.put((byte) (number >>> (i * Byte.SIZE)));
        }
    }

    /** A text message; the payload must be UTF-8. */
    public static ByteBuf text(byte[] utf8) {
        ByteBuffer frame = ByteBuffer.allocate(textHeaderBytes(utf8.length) + utf8.length);
        putTextHeader(utf8.length, frame);
        return Unpooled.wrappedBuffer(frame.put(utf8).flip());
    }

    /** A ping without payload. */
    public static ByteBuf ping() {
        return PING.duplicate();
    }

    public static ByteBuf pong(byte[] payload) {
        return control(Opcode.PONG, payload);
    }

    /**
     * A Close.
     *
     * @param code the close code; {@link CloseCode#NONE} makes a Close without code and reason
     * @param reason why, in words; cut behind the last whole character that fits
     * @throws IllegalArgumentException when the code may not be sent
     */
    public static ByteBuf close(int code, String reason) {
        if (code == CloseCode.NONE) {
            return control(Opcode.CLOSE, new byte[0]);
        }
        if (!CloseCode.maySend(code)) {
            throw new IllegalArgumentException("the close code " + code + " may not be sent");
        }
        byte[] utf8 = reason.getBytes(StandardCharsets.UTF_8);
        int count = cut(utf8);
        byte[] payload = new byte[2 + count];
        payload[0] = (byte) (code >>> Byte.SIZE);
        payload[1] = (byte) code;
        System.arraycopy(utf8, 0, payload, 2, count);
        return control(Opcode.CLOSE, payload);
    }

    /** How much of the text fits; a continuation byte (10xxxxxx) is never the first one left out. */
    private static int cut(byte[] utf8) {
        int count = Math.min(utf8.length, REASON_BYTES_MAX);
        while (count < utf8.length && (utf8[count] & 0xC0) == 0x80) {
            count--;
        }
        return count;
    }

    private static ByteBuf control(Opcode opcode, byte[] payload) {
        if (payload.length > CONTROL_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a control frame has at most 125 bytes, not " + payload.length);
        }
        byte[] frame = new byte[2 + payload.length];
        frame[0] = (byte) opcode.firstByte();
        frame[1] = (byte) payload.length;
        System.arraycopy(payload, 0, frame, 2, payload.length);
        return Unpooled.wrappedBuffer(frame);
    }
}
