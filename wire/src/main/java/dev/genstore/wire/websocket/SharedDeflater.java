package dev.genstore.wire.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Compresses messages, each building on the ones before, as one stream of DEFLATE (RFC 1951). Each
 * message is one block with the fixed codes, which takes a third of the time of one with codes of its
 * own: a message is too short for those to pay. What is saved comes from repetition, and between
 * events of one watch nearly everything is repeated.
 *
 * <p>A repetition is looked for in one place only, where the same four bytes were seen last.
 *
 * <p>Confined to one thread at a time.
 */
final class SharedDeflater {
    private static final int WINDOW_BYTES = 1 << 16;
    private static final int DISTANCE_MAX = 1 << 15;
    private static final int MATCH_MIN = 4;
    private static final int TABLE_BITS = 13;
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Where four bytes were seen last, by their hash: a place in the window, and 1. */
    private final int[] seen = new int[1 << TABLE_BITS];

    /** The messages since the stream began anew. */
    private byte[] window = new byte[WINDOW_BYTES];

    private int end;

    /** Builds on nothing that was before. */
    void reset() {
        Arrays.fill(seen, 0);
        end = 0;
        if (window.length > WINDOW_BYTES) {
            window = new byte[WINDOW_BYTES];
        }
    }

    /** How many bytes a message of this length may become. */
    static int bytesMax(int length) {
        return length + (length >> 3) + 16;
    }

    /**
     * Compresses a message, without the four bytes that it would end with (RFC 7692, 7.2.1).
     *
     * @param to where to, from {@code at} on; it has room for {@link #bytesMax}
     * @return behind the last byte that was written
     */
    int deflate(byte[] message, byte[] to, int at) {
        int from = append(message);
        var codes = new FixedCodes(to, at);
        codes.beginBlock();
        int position = from;
        int last = end - MATCH_MIN;
        while (position <= last) {
            int candidate = swap(position);
            if (repeats(candidate, position)) {
                int length = length(candidate, position);
                codes.repeat(length, position - candidate);
                position += length;
                remember(position - 1, last);
            } else {
                codes.literal(window[position++]);
            }
        }
        while (position < end) {
            codes.literal(window[position++]);
        }
        return codes.endMessage();
    }

    /** Puts a message behind the others, or in place of them if there is no room for both. */
    private int append(byte[] message) {
        if (end + message.length > window.length) {
            reset();
            if (message.length > window.length) {
                window = new byte[message.length];
            }
        }
        int from = end;
        System.arraycopy(message, 0, window, from, message.length);
        end = from + message.length;
        return from;
    }

    /** Where the four bytes of this place may have been seen last, or -1; from now on that is here. */
    private int swap(int position) {
        int slot = slot((int) INT.get(window, position));
        int before = seen[slot] - 1;
        seen[slot] = position + 1;
        return before;
    }

    private void remember(int position, int last) {
        if (position <= last) {
            seen[slot((int) INT.get(window, position))] = position + 1;
        }
    }

    private static int slot(int bytes) {
        return (bytes * 0x9E3779B1) >>> (Integer.SIZE - TABLE_BITS);
    }

    private boolean repeats(int candidate, int position) {
        return candidate >= 0
                && position - candidate <= DISTANCE_MAX
                && (int) INT.get(window, candidate) == (int) INT.get(window, position);
    }

    private int length(int candidate, int position) {
        int longest = Math.min(FixedCodes.LENGTH_MAX, end - position);
        int differs = Arrays.mismatch(
                window, candidate, candidate + longest, window, position, position + longest);
        return differs < 0 ? longest : differs;
    }
}
