package dev.genstore.hub;

import dev.genstore.resource.Change;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * One watch in one wire form: the frames that all its watchers share, and who is to be woken when
 * there are more.
 *
 * <p>The hub appends under its lock; reading and subscribing is thread-safe.
 */
final class Feed {
    private final Watch watch;
    private final Framing framing;
    private final EventEncoder encoder;
    private final FrameLog log;
    private final LongSupplier hubThrough;
    private final InstantSource clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private long lastTold;
    private long lastAppendMillis;

    /**
     * A feed that begins now.
     *
     * @param hubThrough the revision up to which the hub has appended to all feeds
     */
    Feed(
            Watch watch,
            Framing framing,
            EventEncoder encoder,
            LongSupplier hubThrough,
            InstantSource clock) {
        this.watch = watch;
        this.framing = framing;
        this.encoder = encoder;
        this.hubThrough = hubThrough;
        this.clock = clock;
        this.lastTold = hubThrough.getAsLong();
        this.log = new FrameLog(lastTold);
        this.lastAppendMillis = clock.millis();
    }

    Watch watch() {
        return watch;
    }

    Framing framing() {
        return framing;
    }

    FrameLog log() {
        return log;
    }

    /** Appends a change, unless it has it: the hub may have failed behind it and begin it anew. */
    void append(Change change, long nowMillis) {
        if (change.revision() <= lastTold) {
            return;
        }
        byte[] frame = framing.frame(encoder.change(change, lastTold));
        log.append(frame, FrameLog.order(change.revision(), false));
        lastTold = change.revision();
        lastAppendMillis = nowMillis;
    }

    /**
     * Appends a {@code synced} when nothing was appended for this long, or nobody knows for how long
     * because the clock was set back; whether it did.
     */
    boolean appendSyncedAfter(long silenceMillis, long nowMillis) {
        long silentMillis = nowMillis - lastAppendMillis;
        if (silentMillis >= 0 && silentMillis < silenceMillis) {
            return false;
        }
        long through = Math.max(lastTold, hubThrough.getAsLong());
        log.append(
                framing.frame(encoder.synced(through, nowMillis)), FrameLog.order(through, true));
        lastAppendMillis = nowMillis;
        return true;
    }

    /** Gives its frames up; what it had told up to this revision, or further, is in the log. */
    void forget(long through) {
        skipTo(Math.max(lastTold, through));
    }

    /** Goes on above this revision without the frames up to it. */
    void skipTo(long revision) {
        log.skipTo(revision);
        lastTold = revision;
    }

    /**
     * Reads what is behind the cursor and moves it; see {@link FrameLog} for the window.
     *
     * @param catchesUp whether each {@code synced} is passed over: it was told to those who were at
     *     the head then, and would look like the end of the catch-up to one who is not
     */
    Run read(Cursor cursor, int bytesMax, boolean catchesUp) {
        long through = hubThrough.getAsLong();
        if (cursor.segment != null && cursor.segment.isDropped()) {
            cursor.lose();
        }
        if (cursor.segment == null && !log.locate(cursor)) {
            return new Run.Behind();
        }
        while (cursor.segment != null) {
            Segment segment = cursor.segment;
            int among = segment.count();
            if (catchesUp) {
                passSynced(cursor, segment, among);
            }
            if (cursor.index < among) {
                int end = catchesUp ? nextSynced(cursor.index, segment, among) : among;
                return segment.isDropped()
                        ? behind(cursor)
                        : frames(cursor, segment, end, bytesMax);
            }
            Segment next = segment.next();
            if (next == null) {
                return segment.isDropped() ? behind(cursor) : drained(cursor, through);
            }
            enter(cursor, segment, next);
        }
        return drained(cursor, through);
    }

    private static void passSynced(Cursor cursor, Segment segment, int among) {
        while (cursor.index < among && FrameLog.isSynced(segment.order(cursor.index))) {
            cursor.revision =
                    Math.max(cursor.revision, FrameLog.revision(segment.order(cursor.index)));
            cursor.index++;
        }
    }

    private static int nextSynced(int index, Segment segment, int among) {
        int next = index;
        while (next < among && !FrameLog.isSynced(segment.order(next))) {
            next++;
        }
        return next;
    }

    /** A segment that has a next one grows no more, so what its count says now is final. */
    private static void enter(Cursor cursor, Segment segment, Segment next) {
        if (cursor.index == segment.count()) {
            cursor.at(next, 0);
        }
    }

    private static Run frames(Cursor cursor, Segment segment, int among, int bytesMax) {
        int last = segment.lastWithin(cursor.index, among, bytesMax);
        var bytes = segment.slice(cursor.index, last);
        long told = FrameLog.revision(segment.order(last));
        int count = last + 1 - cursor.index;
        cursor.index = last + 1;
        cursor.revision = Math.max(cursor.revision, told);
        return new Run.Frames(bytes, count, told);
    }

    /** All frames up to {@code through} were there before the cursor looked, so it has seen them. */
    private static Run drained(Cursor cursor, long through) {
        cursor.revision = Math.max(cursor.revision, through);
        return new Run.Drained();
    }

    private static Run behind(Cursor cursor) {
        cursor.lose();
        return new Run.Behind();
    }

    /** A {@code synced} for one watcher, in this feed's form. */
    ByteBuffer synced(long revision) {
        return frame(List.of(encoder.synced(revision, clock.millis())));
    }

    /** Events for one watcher, in this feed's form. */
    ByteBuffer frame(List<Event> events) {
        List<byte[]> frames = events.stream().map(framing::frame).toList();
        var bytes = ByteBuffer.allocateDirect(
                frames.stream().mapToInt(frame -> frame.length).sum());
        frames.forEach(bytes::put);
        return bytes.flip();
    }

    void subscribe(Runnable listener) {
        listeners.add(listener);
    }

    void unsubscribe(Runnable listener) {
        listeners.remove(listener);
    }

    boolean isUnused() {
        return listeners.isEmpty();
    }

    void wake() {
        listeners.forEach(Runnable::run);
    }
}
