package dev.genstore.wire.websocket;

import dev.genstore.hub.Event;
import dev.genstore.hub.FrameStream;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * One stream of compressed messages (RFC 7692, 7.2.1). Every event is compressed, also a short one:
 * what follows can build on it, and at worst it becomes a few bytes longer.
 *
 * <p>Used by one thread at a time.
 */
final class DeflateStream implements FrameStream {
    /** Most of what there is to gain is that events resemble each other, and that is found at once. */
    private static final int LEVEL = 1;

    private static final int HEADER_BYTES_MAX = 10;
    private static final byte[] NOTHING = {};

    /** What a flush ends with, and a message leaves out: an empty block that is not compressed. */
    private static final int TAIL_BYTES = 4;

    private final Deflater deflater;

    DeflateStream() {
        this(LEVEL);
    }

    /** A stream with this level of compression: 1 is the fastest, 9 the smallest. */
    DeflateStream(int level) {
        deflater = new Deflater(level, true);
    }

    @Override
    public byte[] frame(Event event, boolean anew) {
        return frame(event.json(), anew);
    }

    /** The same for a text. */
    byte[] frame(byte[] json, boolean anew) {
        if (anew) {
            deflater.reset();
        }
        byte[] bytes = new byte[HEADER_BYTES_MAX + json.length + (json.length >> 8) + 64];
        deflater.setInput(json);
        int end = HEADER_BYTES_MAX;
        int made = deflate(bytes, end);
        while (end + made == bytes.length) { // there may be more
            end = bytes.length;
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
            made = deflate(bytes, end);
        }
        deflater.setInput(NOTHING); // else it would hold the event
        return framed(bytes, end + made - HEADER_BYTES_MAX - TAIL_BYTES);
    }

    private int deflate(byte[] to, int from) {
        return deflater.deflate(to, from, to.length - from, Deflater.SYNC_FLUSH);
    }

    private static byte[] framed(byte[] bytes, int payloadBytes) {
        ByteBuffer frame = ByteBuffer.allocate(Frames.textHeaderBytes(payloadBytes) + payloadBytes);
        Frames.putDeflatedTextHeader(payloadBytes, frame);
        return frame.put(bytes, HEADER_BYTES_MAX, payloadBytes).array();
    }

    @Override
    public void close() {
        deflater.end();
    }
}
