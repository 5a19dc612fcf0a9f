package dev.genstore.wire.websocket;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates the messages of all clients of one event loop, one after another (RFC 7692, 7.2.2): as
 * none builds on another, no client needs one of its own. It never makes more bytes than allowed,
 * whatever a message promises.
 *
 * <p>Confined to the event loop.
 */
public final class MessageInflater implements AutoCloseable {
    private static final int FIRST_BYTES = 1 << 10;

    /**
     * What a message leaves out, and behind it an empty last block: only behind a message that ends
     * where a block does, the inflater finds that and is finished.
     */
    private static final byte[] END = {0, 0, (byte) 0xFF, (byte) 0xFF, 3, 0};

    /** Behind a last block of its own a message may have one byte (RFC 7692, 7.2.3.4). */
    private static final int LEFT_BYTES_MAX = END.length + 1;

    private @Nullable Inflater inflater;

    /**
     * Inflates a whole message.
     *
     * @param deflated where it is, from its beginning
     * @throws ProtocolViolation when it is longer than {@code bytesMax}, or malformed
     */
    byte[] inflate(byte[] deflated, int length, int bytesMax) {
        byte[] whole = Arrays.copyOf(deflated, length + END.length);
        System.arraycopy(END, 0, whole, length, END.length);
        Inflater with = fresh();
        try {
            with.setInput(whole);
            return inflate(with, bytesMax);
        } catch (DataFormatException malformed) {
            throw ProtocolViolation.notDeflate();
        } finally {
            with.reset(); // else it would hold the message
        }
    }

    private Inflater fresh() {
        Inflater known = inflater;
        if (known == null) {
            known = new Inflater(true);
            inflater = known;
        }
        return known;
    }

    private static byte[] inflate(Inflater with, int bytesMax) throws DataFormatException {
        byte[] bytes = new byte[(int) Math.min(FIRST_BYTES, bytesMax + 1L)];
        int end = with.inflate(bytes);
        while (end == bytes.length) { // there may be more
            if (end > bytesMax) {
                throw ProtocolViolation.tooBig("A message may have " + bytesMax + " bytes.");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(bytes.length * 2L, bytesMax + 1L));
            end += with.inflate(bytes, end, bytes.length - end);
        }
        if (!with.finished() || with.getRemaining() > LEFT_BYTES_MAX) {
            throw ProtocolViolation.notDeflate();
        }
        return Arrays.copyOf(bytes, end);
    }

    @Override
    public void close() {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }
}
