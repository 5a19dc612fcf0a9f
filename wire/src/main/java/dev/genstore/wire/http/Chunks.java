package dev.genstore.wire.http;

import java.nio.charset.StandardCharsets;

/** The chunks of a stream (RFC 9112, 7.1). */
public final class Chunks {
    private static final byte[] LAST = {'0', '\r', '\n', '\r', '\n'};

    private Chunks() {}

    /** One chunk with this content, which must not be empty: an empty one would end the stream. */
    public static byte[] of(byte[] content) {
        if (content.length == 0) {
            throw new IllegalArgumentException("a chunk has content");
        }
        byte[] size =
                (Integer.toHexString(content.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] chunk = new byte[size.length + content.length + 2];
        System.arraycopy(size, 0, chunk, 0, size.length);
        System.arraycopy(content, 0, chunk, size.length, content.length);
        chunk[chunk.length - 2] = '\r';
        chunk[chunk.length - 1] = '\n';
        return chunk;
    }

    /** What ends a stream. */
    public static byte[] last() {
        return LAST.clone();
    }
}
