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

    /**
     * Ends it if the rules have changed what its peer may see: he comes back and is told anew. What is
     * only answered needs no end.
     *
     * @param retryAfterMillis when the peer should come back
     */
    default void review(int retryAfterMillis) {}

    /** The connection is gone. */
    void ended();
}
