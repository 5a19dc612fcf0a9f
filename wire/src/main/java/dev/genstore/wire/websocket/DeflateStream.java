package dev.genstore.wire.websocket;

import dev.genstore.hub.Event;
import dev.genstore.hub.FrameStream;

import java.nio.ByteBuffer;

/**
 * One stream of compressed messages (RFC 7692, 7.2.1). Every event is compressed, also a short one:
 * what follows can build on it, and at worst it becomes a few bytes longer.
 *
 * <p>Used by one thread at a time.
 */
final class DeflateStream implements FrameStream {
    private static final int HEADER_BYTES_MAX = 10;

    private final SharedDeflater deflater = new SharedDeflater();

    @Override
    public byte[] frame(Event event, boolean anew) {
        return frame(event.json(), anew);
    }

    /** The same for a text. */
    byte[] frame(byte[] json, boolean anew) {
        if (anew) {
            deflater.reset();
        }
        byte[] bytes = new byte[HEADER_BYTES_MAX + SharedDeflater.bytesMax(json.length)];
        int end = deflater.deflate(json, bytes, HEADER_BYTES_MAX);
        return framed(bytes, end - HEADER_BYTES_MAX);
    }

    private static byte[] framed(byte[] bytes, int payloadBytes) {
        ByteBuffer frame = ByteBuffer.allocate(Frames.textHeaderBytes(payloadBytes) + payloadBytes);
        Frames.putDeflatedTextHeader(payloadBytes, frame);
        return frame.put(bytes, HEADER_BYTES_MAX, payloadBytes).array();
    }

    /** It takes nothing that the garbage collector does not find. */
    @Override
    public void close() {}
}
