package dev.genstore.hub;

import org.jspecify.annotations.Nullable;

/**
 * The recent frames of one feed: a window over the log in wire form. It is append-only; its oldest
 * segment goes when the window is full.
 *
 * <p>Each frame has an <i>order</i>: twice its revision, plus one for a {@code synced}, which stands
 * behind the change of the same revision. The hub appends under its lock; any thread reads.
 */
final class FrameLog {
    private static final int SEGMENT_BYTES_MIN = 1 << 10;
    private static final int SEGMENT_BYTES_MAX = 1 << 16;

    /** Where the first segment begins, and the revision above which no frame is missing. Immutable. */
    private static final class Window {
        private final long from;
        private final @Nullable Segment first;

        Window(long from, @Nullable Segment first) {
            this.from = from;
            this.first = first;
        }
    }

    private volatile Window window;
    private @Nullable Segment last;
    private long bytes;
    private int segmentBytes = SEGMENT_BYTES_MIN;

    /** An empty log of the frames above this revision. */
    FrameLog(long from) {
        window = new Window(from, null);
    }

    static long order(long revision, boolean isSynced) {
        return 2 * revision + (isSynced ? 1 : 0);
    }

    static long revision(long order) {
        return order >> 1;
    }

    static boolean isSynced(long order) {
        return (order & 1) == 1;
    }

    /** The revision above which no frame is missing. */
    long from() {
        return window.from;
    }

    /** How much memory the segments take. */
    long bytes() {
        return bytes;
    }

    void append(byte[] frame, long order) {
        Segment segment = last;
        if (segment == null || !segment.hasRoom(frame.length)) {
            segment = extend(frame.length);
        }
        segment.append(frame, order);
    }

    private Segment extend(int frameBytes) {
        var segment = new Segment(Math.max(frameBytes, segmentBytes));
        segmentBytes = Math.min(segmentBytes * 2, SEGMENT_BYTES_MAX);
        bytes += segment.capacityBytes();
        if (last == null) {
            window = new Window(window.from, segment);
        } else {
            last.link(segment);
        }
        last = segment;
        return segment;
    }

    /** Drops the oldest segment, unless it is the only one; whether it did. */
    boolean dropOldest() {
        Segment first = window.first;
        Segment second = first == null ? null : first.next();
        if (first == null || second == null) {
            return false;
        }
        window = new Window(revision(first.order(first.count() - 1)), second);
        bytes -= first.capacityBytes();
        first.drop();
        return true;
    }

    /**
     * Drops everything: the frames up to this revision will never come. The window goes first, so that
     * nobody who searches it takes the end of what is being dropped for the head.
     */
    void skipTo(long revision) {
        Segment segment = window.first;
        window = new Window(revision, null);
        last = null;
        bytes = 0;
        while (segment != null) {
            Segment following = segment.next();
            segment.drop();
            segment = following;
        }
    }

    /**
     * Finds the first frame above the cursor's revision; the cursor has no segment when there is none.
     *
     * @return whether the window still has all frames from there on
     */
    boolean locate(Cursor cursor) {
        Window now;
        do {
            now = window;
            if (cursor.revision < now.from) {
                return false;
            }
            find(cursor, now.first);
        } while (window != now);
        return true;
    }

    /** Looks for the next segment before it counts: one that has a next one grows no more. */
    private static void find(Cursor cursor, @Nullable Segment first) {
        cursor.lose();
        long order = order(cursor.revision, false);
        Segment segment = first;
        while (segment != null) {
            Segment next = segment.next();
            int among = segment.count();
            int index = segment.firstAbove(order, among);
            if (index < among) {
                cursor.at(segment, index);
                return;
            }
            segment = next;
        }
    }
}
