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

    /** Tells the peer until when it is let in. */
    default void warn(long untilMillis) {}

    /** Ends it, because the peer's credentials are no good any more; requests are still answered. */
    default void dismiss() {}

    /** The connection is gone. */
    void ended();
}
