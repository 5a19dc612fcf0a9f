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

    /**
     * A segment by the revision behind which it begins: whoever held the segment would hold its memory.
     */
    private record Made(FrameLog log, long after) {
        /** A window begins where its first segment does, or above those that it had. */
        private boolean isDropped() {
            return after < log.from();
        }
    }

    Windows(long feedBytesMax, long totalBytesMax) {
        this.feedBytesMax = feedBytesMax;
        this.totalBytesMax = totalBytesMax;
    }

    /** How much memory they take. */
    long bytes() {
        return bytes;
    }

    /** A window has got a segment; makes room for it, elsewhere if need be. */
    void grew(FrameLog log, Segment made) {
        liveCount++;
        bytes += made.capacityBytes();
        segments.addLast(new Made(log, made.after()));
        while (log.bytes() > feedBytesMax && log.oldest() != made) {
            drop(log);
        }
        while (bytes > totalBytesMax && liveCount > 1) {
            dropFirst();
        }
        if (segments.size() > 2 * liveCount + 1_000) {
            segments.removeIf(Made::isDropped);
        }
    }

    private void dropFirst() {
        Made first = segments.removeFirst();
        if (!first.isDropped()) {
            drop(first.log);
        }
    }

    /** Drops all that a window has. */
    void clear(FrameLog log) {
        while (log.oldest() != null) {
            drop(log);
        }
    }

    private void drop(FrameLog log) {
        Segment dropped = Objects.requireNonNull(log.dropOldest());
        bytes -= dropped.capacityBytes();
        liveCount--;
    }
}
