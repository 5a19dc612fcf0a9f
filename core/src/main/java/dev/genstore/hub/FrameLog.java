package dev.genstore.hub;

import org.jspecify.annotations.Nullable;

/**
 * The recent frames of one feed: a window over the log in wire form. It is append-only; its oldest
 * segments go when memory is needed elsewhere.
 *
 * <p>The hub appends and drops under its lock; any thread reads, without locks. A reader retains the
 * segment it reads, and when it finds that it came too late it looks at the window anew.
 */
final class FrameLog {
    private static final int SEGMENT_BYTES_MAX = 1 << 18;
    private static final Run DRAINED = new Run.Drained();
    private static final Run BEHIND = new Run.Behind();

    /** Where the first segment begins, and the revision above which no frame is missing. Immutable. */
    private static final class Window {
        private final long from;
        private final @Nullable Segment first;

        Window(long from, @Nullable Segment first) {
            this.from = from;
            this.first = first;
        }
    }

    private final FrameMemory memory;
    private final int segmentFramesMax;
    private volatile Window window;
    private volatile @Nullable Segment last;
    private volatile long end;
    private long bytes;
    private int segmentBytes = FrameMemory.BLOCK_BYTES_MIN;

    /** An empty log of the frames above this revision. */
    FrameLog(FrameMemory memory, long from) {
        this(memory, from, Integer.MAX_VALUE);
    }

    /**
     * An empty log of the frames above this revision.
     *
     * @param segmentFramesMax how many frames a segment has at most
     */
    FrameLog(FrameMemory memory, long from, int segmentFramesMax) {
        this.memory = memory;
        this.segmentFramesMax = segmentFramesMax;
        this.window = new Window(from, null);
        this.end = from;
    }

    /** The revision above which no frame is missing. */
    long from() {
        return window.from;
    }

    /** The revision of the last frame; who has seen that has seen them all. */
    long end() {
        return end;
    }

    /** How much memory the segments take. The hub asks under its lock. */
    long bytes() {
        return bytes;
    }

    @Nullable Segment oldest() {
        return window.first;
    }

    /**
     * Appends a frame.
     *
     * @return the segment that was made for it, or null when there was room
     */
    @Nullable Segment append(byte[] frame, long revision) {
        Segment present = last;
        Segment made = null;
        if (present == null || !hasRoom(present, frame.length)) {
            if (present != null && present.count() < segmentFramesMax) {
                segmentBytes = Math.min(segmentBytes * 2, SEGMENT_BYTES_MAX);
            }
            made = new Segment(memory, Math.max(frame.length, segmentBytes), end);
            made.append(frame, revision);
            bytes += made.capacityBytes();
            add(made, present);
        } else {
            present.append(frame, revision);
        }
        end = revision;
        return made;
    }

    /** Whether a frame of this length goes where the one before it is. */
    boolean hasRoom(int frameBytes) {
        Segment present = last;
        return present != null && hasRoom(present, frameBytes);
    }

    private boolean hasRoom(Segment segment, int frameBytes) {
        return segment.count() < segmentFramesMax && segment.hasRoom(frameBytes);
    }

    private void add(Segment made, @Nullable Segment behind) {
        if (behind == null) {
            window = new Window(window.from, made);
        } else {
            behind.link(made);
        }
        last = made;
    }

    /** Drops the oldest segment, if there is one, and returns it. */
    @Nullable Segment dropOldest() {
        Segment first = window.first;
        if (first != null) {
            Segment second = first.next();
            if (second == null) {
                last = null;
                segmentBytes = FrameMemory.BLOCK_BYTES_MIN;
            }
            window = new Window(first.lastRevision(), second);
            bytes -= first.capacityBytes();
            first.release();
        }
        return first;
    }

    /** Goes on above this revision: the frames up to it will never come. It must be empty. */
    void skipTo(long revision) {
        window = new Window(revision, null);
        end = revision;
    }

    /**
     * What follows a revision.
     *
     * @param bytesMax how much of it at most; a single frame may be longer
     */
    Run read(long revision, int bytesMax) {
        Window now;
        do {
            now = window;
            if (revision < now.from) {
                return BEHIND;
            }
            Run.Frames frames = search(now, revision, bytesMax);
            if (frames != null) {
                return frames;
            }
        } while (window != now);
        return DRAINED;
    }

    /** Most are near the head, so the last segment is looked at first. */
    private Run.@Nullable Frames search(Window now, long revision, int bytesMax) {
        Segment latest = last;
        Segment segment = latest != null && latest.after() <= revision ? latest : now.first;
        while (segment != null) {
            Segment next =
                    segment.next(); // before the count: a segment with a next one grows no more
            if (segment.lastRevision() > revision) {
                return frames(segment, revision, bytesMax);
            }
            segment = next;
        }
        return null;
    }

    private static Run.@Nullable Frames frames(Segment segment, long revision, int bytesMax) {
        if (!segment.retain()) {
            return null;
        }
        int among = segment.count();
        int first = segment.firstAbove(revision, among);
        return new Run.Frames(segment, first, segment.lastWithin(first, among, bytesMax));
    }
}
