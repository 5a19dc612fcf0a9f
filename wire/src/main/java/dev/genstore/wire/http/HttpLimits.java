package dev.genstore.wire.http;

/**
 * How large a request may be. What is over a limit is refused and its connection closed.
 *
 * <p>Immutable.
 *
 * @param requestLineBytesMax the request line with its CRLF; over it 414 {@code uri-too-long}
 * @param headBytesMax the head: request line, header fields and the empty line. The trailer fields
 *     of a chunked body may be as long again; over it 431 {@code headers-too-large}
 * @param fieldCountMax the header fields, and again the trailer fields; over it 431
 * @param bodyBytesMax the content, without its framing; over it 413 {@code body-too-large}
 * @param chunkExtensionBytesMax all chunk extensions of a request, though they are ignored (RFC
 *     9112, 7.1.1); over it 413
 */
public record HttpLimits(
        int requestLineBytesMax,
        int headBytesMax,
        int fieldCountMax,
        int bodyBytesMax,
        int chunkExtensionBytesMax) {
    /** For the members of the server, which a client may send back with a resource. */
    private static final int SERVER_MEMBERS_BYTES_MAX = 64 << 10;

    /**
     * 8 KiB of URL, 16 KiB and 100 fields of head, 4 KiB of chunk extensions. A resource may have 1
     * MiB, and its body 64 KiB more.
     */
    public static final HttpLimits DEFAULT =
            new HttpLimits(8_192, 16_384, 100, (1 << 20) + SERVER_MEMBERS_BYTES_MAX, 4_096);

    public HttpLimits {
        require(requestLineBytesMax >= 16, "requestLineBytesMax", requestLineBytesMax);
        require(headBytesMax > requestLineBytesMax, "headBytesMax", headBytesMax);
        require(fieldCountMax >= 1, "fieldCountMax", fieldCountMax);
        require(bodyBytesMax >= 0, "bodyBytesMax", bodyBytesMax);
        require(chunkExtensionBytesMax >= 0, "chunkExtensionBytesMax", chunkExtensionBytesMax);
    }

    /** The same where a resource may have this many bytes; its body may have some more. */
    public HttpLimits forResourcesOf(int bytesMax) {
        return new HttpLimits(
                requestLineBytesMax,
                headBytesMax,
                fieldCountMax,
                Math.addExact(bytesMax, SERVER_MEMBERS_BYTES_MAX),
                chunkExtensionBytesMax);
    }

    private static void require(boolean holds, String name, int value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is too small: " + value);
        }
    }
}
