package dev.genstore.wire.websocket;

import io.netty.buffer.ByteBuf;

/**
 * Gathers a number whose bytes may come one by one, the highest first.
 *
 * <p>Confined to the event loop of one connection.
 */
final class BigEndian {
    private long number;
    private int gatheredBytes;

    /** Takes bytes until the number has {@code count}; whether it has them now. */
    boolean gather(ByteBuf in, int count) {
        while (gatheredBytes < count && in.isReadable()) {
            number = (number << Byte.SIZE) | in.readUnsignedByte();
            gatheredBytes++;
        }
        return gatheredBytes == count;
    }

    /** Whether the next byte is the first of a number. */
    boolean isEmpty() {
        return gatheredBytes == 0;
    }

    /** The number; then the next one can begin. */
    long take() {
        long taken = number;
        number = 0;
        gatheredBytes = 0;
        return taken;
    }
}
