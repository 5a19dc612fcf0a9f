package dev.genstore.wire;

/** What a peer is talked with: requests, a stream, or a WebSocket. Confined to the peer's loop. */
interface Conversation {
    /** Looks whether a time is over; called a few times a second. */
    void sweep(long nowNanos);

    /**
     * Ends it in good order, because the server stops.
     *
     * @param retryAfterMillis when the peer should come back
     */
    void stop(int retryAfterMillis);

    /** The connection is gone. */
    void ended();
}
