package dev.genstore.hub;

import dev.genstore.resource.Change;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * One watch in one wire form: the frames that all its watchers share, and who is to be woken when
 * there are more.
 *
 * <p>The hub appends under its lock; reading and subscribing is thread-safe.
 */
final class Feed implements Source {
    private final Watch watch;
    private final Framing framing;
    private final EventEncoder encoder;
    private final FrameMemory memory;
    private final FrameLog log;
    private final LongSupplier hubThrough;
    /** The same as a stream, once somebody could read that. */
    private volatile @Nullable FeedStream stream;

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /**
     * A feed that begins now.
     *
     * @param from the revision behind which it begins
     * @param hubThrough the revision up to which the hub has appended to all feeds
     */
    Feed(
            Watch watch,
            Framing framing,
            EventEncoder encoder,
            FrameMemory memory,
            long from,
            LongSupplier hubThrough) {
        this.watch = watch;
        this.framing = framing;
        this.encoder = encoder;
        this.memory = memory;
        this.hubThrough = hubThrough;
        this.log = new FrameLog(memory, from);
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
     * Appends an event, unless it has it: the hub may have failed behind it and begin it anew.
     *
     * @param telling makes the events for who was told up to a revision; several go as one frame
     * @return the segment that was made for it, or null
     */
    @Nullable Segment append(long revision, LongFunction<List<Event>> telling) {
        List<Event> events = revision <= log.end() ? List.of() : telling.apply(log.end());
        return events.isEmpty() ? null : log.append(oneFrame(events), revision);
    }

    private byte[] oneFrame(List<Event> events) {
        if (events.size() == 1) {
            return framing.frame(events.getFirst());
        }
        var frame = new ByteArrayOutputStream();
        events.forEach(event -> frame.writeBytes(framing.frame(event)));
        return frame.toByteArray();
    }

    /** What tells a change to who has been told up to another one. */
    List<Event> events(List<Sight> sights, long told) {
        return encoder.changes(sights, told);
    }

    /**
     * The end of a batch, where who was told up to a revision was told a part of it, and its last
     * change is no part of the watch.
     */
    List<Event> endOfBatch(Change last, long told) {
        return last.endsBatchOf(told) ? List.of(encoder.endOfBatch(last)) : List.of();
    }

    /** Its stream, which is made if there is none. The hub asks under its lock. */
    FeedStream stream(StreamForm form) {
        FeedStream known = stream;
        if (known == null) {
            known = new FeedStream(this, form, memory);
            stream = known;
        }
        return known;
    }

    @Nullable FeedStream stream() {
        return stream;
    }

    @Override
    public Feed plain() {
        return this;
    }

    @Override
    public long from() {
        return log.from();
    }

    @Override
    public long end() {
        return log.end();
    }

    /** The revision up to which all that is watched has been appended. */
    long through() {
        return hubThrough.getAsLong();
    }

    @Override
    public Run read(long revision, int bytesMax) {
        return log.read(revision, bytesMax);
    }

    /** A {@code synced} that is none of the log, in memory like that of the log. */
    Run.Frames synced(long revision, long timeMillis) {
        return single(encoder.synced(revision, timeMillis), revision);
    }

    /** The same, which also says until when one is told. */
    Run.Frames expiring(long revision, long timeMillis, long expiresMillis) {
        return single(encoder.expiring(revision, timeMillis, expiresMillis), revision);
    }

    private Run.Frames single(Event event, long revision) {
        byte[] frame = framing.frame(event);
        var segment = new Segment(memory, frame.length, revision);
        segment.append(frame, revision);
        return new Run.Frames(segment, 0, 0);
    }

    /** The same for one who is not in the window. */
    ByteBuffer syncedApart(long revision, long timeMillis) {
        return frame(List.of(encoder.synced(revision, timeMillis)));
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
