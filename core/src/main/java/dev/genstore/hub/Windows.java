package dev.genstore.hub;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/**
 * The memory that the windows of all feeds take together. When it is too much, what was made first
 * goes first, whoever's it is; who still needs it reads it from the log.
 *
 * <p>Guarded by the hub's lock.
 */
final class Windows {
    private final long feedBytesMax;
    private final long totalBytesMax;

    /** In the order in which they were made; those that were dropped meanwhile stay in for a while. */
    private final Deque<Made> segments = new ArrayDeque<>();

    private long bytes;
    private int liveCount;

    private record Made(Feed feed, Segment segment) {}

    Windows(long feedBytesMax, long totalBytesMax) {
        this.feedBytesMax = feedBytesMax;
        this.totalBytesMax = totalBytesMax;
    }

    /** How much memory they take. */
    long bytes() {
        return bytes;
    }

    /** A feed's window has got a segment; makes room for it, elsewhere if need be. */
    void grew(Feed feed, Segment made) {
        segments.addLast(new Made(feed, made));
        liveCount++;
        bytes += made.capacityBytes();
        while (feed.log().bytes() > feedBytesMax && feed.log().oldest() != made) {
            drop(feed);
        }
        while (bytes > totalBytesMax && liveCount > 1) {
            dropFirst();
        }
        if (segments.size() > 2 * liveCount + 1_000) {
            segments.removeIf(each -> each.segment.isDropped());
        }
    }

    private void dropFirst() {
        Made first = segments.removeFirst();
        if (!first.segment.isDropped()) {
            drop(first.feed);
        }
    }

    /** Drops all that a feed has. */
    void clear(Feed feed) {
        while (feed.log().oldest() != null) {
            drop(feed);
        }
    }

    private void drop(Feed feed) {
        Segment dropped = Objects.requireNonNull(feed.log().dropOldest());
        bytes -= dropped.capacityBytes();
        liveCount--;
    }
}
