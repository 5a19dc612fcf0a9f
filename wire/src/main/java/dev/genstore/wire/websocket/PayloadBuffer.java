package dev.genstore.wire.websocket;

import dev.genstore.wire.http.Body;

import io.netty.buffer.ByteBuf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The payload that has arrived, unmasked. It grows with what comes and not with what is announced, so
 * an announcement costs no memory; between messages it holds none.
 *
 * <p>Confined to the event loop of one connection.
 */
final class PayloadBuffer {
    private static final int FIRST_BYTES = 128;

    private byte[] bytes = Body.EMPTY.bytes();
    private int length;

    int length() {
        return length;
    }

    /** The array behind it, valid up to {@link #length()} and until the next call. */
    byte[] array() {
        return bytes;
    }

    /** Moves {@code count} bytes here; the caller has checked that they are not too many. */
    void append(ByteBuf in, int count, Mask mask) {
        int end = length + count;
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, Math.max(FIRST_BYTES, bytes.length * 2)));
        }
        in.readBytes(bytes, length, count);
        mask.remove(bytes, length, end);
        length = end;
    }

    /** What is here is inflated to at most so many bytes. */
    void inflate(MessageInflater inflater, int bytesMax) {
        bytes = inflater.inflate(bytes, length, bytesMax);
        length = bytes.length;
    }

    /** What is here as a payload; then nothing is here. */
    Body takePayload() {
        byte[] payload = Arrays.copyOf(bytes, length);
        clear();
        return Body.of(payload);
    }

    /** What is here as text, which it must be; then nothing is here. */
    String takeText() {
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        clear();
        return text;
    }

    private void clear() {
        bytes = Body.EMPTY.bytes();
        length = 0;
    }
}
