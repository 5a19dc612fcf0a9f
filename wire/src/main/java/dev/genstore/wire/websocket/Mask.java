package dev.genstore.wire.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Takes a client's mask off (RFC 6455, 5.3), eight bytes at a time. It goes on where it stopped, so a
 * payload may come in pieces.
 *
 * <p>Confined to the event loop of one connection.
 */
final class Mask {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private int key;

    /** Starts with the first byte of this key. */
    void start(int newKey) {
        key = newKey;
    }

    /** Unmasks these bytes where they stand. */
    void remove(byte[] bytes, int from, int to) {
        long twice = Integer.toUnsignedLong(key) * 0x1_0000_0001L;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            LONGS.set(bytes, at, (long) LONGS.get(bytes, at) ^ twice);
        }
        for (; at < to; at++) {
            bytes[at] ^= (byte) (key >>> 24);
            key = Integer.rotateLeft(key, Byte.SIZE);
        }
    }
}
