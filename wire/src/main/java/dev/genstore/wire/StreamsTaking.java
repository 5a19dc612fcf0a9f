package dev.genstore.wire;

/**
 * How many streams of one connection have bytes that wait for the peer: those share its line, and one
 * that is only open does not.
 *
 * <p>Confined to the connection's loop.
 */
final class StreamsTaking {
    private int count;

    /** So many bytes wait on one of them now; before it was so many. */
    void changed(long beforeBytes, long nowBytes) {
        count += (nowBytes > 0 ? 1 : 0) - (beforeBytes > 0 ? 1 : 0);
    }

    int count() {
        return count;
    }
}
