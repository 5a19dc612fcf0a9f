package dev.genstore.hub;

import dev.genstore.resource.Change;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
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
    private final FrameMemory memory;
    private final FrameLog log;
    private final LongSupplier hubThrough;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /**
     * A feed that begins now.
     *
     * @param hubThrough the revision up to which the hub has appended to all feeds
     */
    Feed(
            Watch watch,
            Framing framing,
            EventEncoder encoder,
            FrameMemory memory,
            LongSupplier hubThrough) {
        this.watch = watch;
        this.framing = framing;
        this.encoder = encoder;
        this.memory = memory;
        this.hubThrough = hubThrough;
        this.log = new FrameLog(memory, hubThrough.getAsLong());
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

    /**
     * Appends a change, unless it has it: the hub may have failed behind it and begin it anew.
     *
     * @return the segment that was made for it, or null
     */
    @Nullable Segment append(Change change) {
        if (change.revision() <= log.end()) {
            return null;
        }
        return log.append(framing.frame(encoder.change(change, log.end())), change.revision());
    }

    /**
     * Appends the end of a batch, where a part of that batch was told here and its last change is no
     * part of the watch.
     *
     * @return the segment that was made for it, or null
     */
    @Nullable Segment appendEnd(Change last) {
        return last.endsBatchOf(log.end())
                ? log.append(framing.frame(encoder.endOfBatch(last)), last.revision())
                : null;
    }

    /** The revision up to which all that is watched has been appended. */
    long through() {
        return hubThrough.getAsLong();
    }

    /** What follows a revision; see {@link FrameLog#read}. */
    Run read(long revision, int bytesMax) {
        return log.read(revision, bytesMax);
    }

    /** A {@code synced} that is none of the log, in memory like that of the log. */
    Run.Frames synced(long revision, long timeMillis) {
        byte[] frame = framing.frame(encoder.synced(revision, timeMillis));
        var segment = new Segment(memory, frame.length, revision);
        segment.append(frame, revision);
        return new Run.Frames(segment, 0, 0);
    }

    /** Events for those who are not in the window, in this feed's form. */
    ByteBuffer frame(List<Event> events) {
        List<byte[]> frames = events.stream().map(framing::frame).toList();
        var bytes = ByteBuffer.allocate(
                frames.stream().mapToInt(frame -> frame.length).sum());
        frames.forEach(bytes::put);
        return bytes.flip().asReadOnlyBuffer();
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
