package dev.genstore.wire.http;

/**
 * What decides the form of an answer besides the answer itself: how it was asked for, and whether the
 * connection goes on.
 *
 * <p>Immutable.
 *
 * @param wantsHeadOnly whether the request was a HEAD
 * @param minorVersion 1 for HTTP/1.1, 0 for HTTP/1.0
 * @param keepAlive whether the connection is used further
 */
public record Recipient(boolean wantsHeadOnly, int minorVersion, boolean keepAlive) {
    /** The sender of what was no request; the connection ends with the answer. */
    public static final Recipient REFUSED = new Recipient(false, 1, false);

    /** The sender of this request. */
    public static Recipient of(HttpRequest request) {
        return new Recipient(
                "HEAD".equals(request.method()), request.minorVersion(), request.keepAlive());
    }

    /** The same, but the connection ends with the answer. */
    public Recipient closing() {
        return new Recipient(wantsHeadOnly, minorVersion, false);
    }

    /** Whether it understands chunks; to another no stream can be sent. */
    public boolean takesChunks() {
        return minorVersion > 0;
    }
}
