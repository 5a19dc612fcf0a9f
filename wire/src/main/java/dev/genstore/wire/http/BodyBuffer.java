package dev.genstore.wire.http;

import io.netty.buffer.ByteBuf;

import java.util.Arrays;

/**
 * The part of a body that has arrived. It grows with what comes and not with what is announced, so an
 * announcement costs no memory.
 *
 * <p>Confined to the event loop of one connection.
 */
final class BodyBuffer {
    private static final int FIRST_BYTES = 1_024;

    private final int bytesMax;
    private byte[] bytes = Body.EMPTY.bytes();
    private int length;

    BodyBuffer(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    int length() {
        return length;
    }

    /** Moves {@code count} bytes here; the caller has checked that they are not too many. */
    void append(ByteBuf in, int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, capacityFor(length + count));
        }
        in.readBytes(bytes, length, count);
        length += count;
    }

    Body toBody() {
        return Body.of(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
    }

    private int capacityFor(int neededBytes) {
        long doubledBytes = Math.max(FIRST_BYTES, 2L * bytes.length);
        return Math.max(neededBytes, (int) Math.min(bytesMax, doubledBytes));
    }
}
