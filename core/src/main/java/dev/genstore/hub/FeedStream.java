package dev.genstore.hub;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;

/**
 * A feed's frames as one stream, made once for all who read it. Each segment of its log begins anew,
 * so that can be found without a mark on any frame. Its log goes along with the feed's: both end
 * with the same revision behind every change. As long as it is closed its window is empty.
 *
 * <p>The hub appends, opens and closes under its lock; the rest is thread-safe.
 */
final class FeedStream implements Source {
    /** So many frames at most build on one another. */
    static final int FRAMES_MAX = 32;

    private static final Run CROSSING = new Run.Crossing();

    private final Feed plain;
    private final StreamForm form;
    private final FrameLog log;
    private final Approach approach = new Approach(this);
    private final AtomicInteger watchers = new AtomicInteger();
    private @Nullable FrameStream open;

    /** A closed stream that goes on where the feed is. */
    FeedStream(Feed plain, StreamForm form, FrameMemory memory) {
        this.plain = plain;
        this.form = form;
        this.log = new FrameLog(memory, plain.end(), FRAMES_MAX);
    }

    @Override
    public Feed plain() {
        return plain;
    }

    /** Where its watchers are as long as they can't read it. */
    Approach approach() {
        return approach;
    }

    FrameLog log() {
        return log;
    }

    @Override
    public long from() {
        return log.from();
    }

    @Override
    public long end() {
        return log.end();
    }

    /** Whom the window has moved past, the plain one may still have. */
    @Override
    public Run read(long revision, int bytesMax) {
        Run run = log.read(revision, bytesMax);
        return run instanceof Run.Behind ? CROSSING : run;
    }

    @Override
    public void joined() {
        watchers.incrementAndGet();
    }

    @Override
    public void left() {
        watchers.decrementAndGet();
    }

    /** Those who read it, and those who only could. */
    int watcherCount() {
        return watchers.get();
    }

    boolean isOpen() {
        return open != null;
    }

    void open() {
        open = form.open();
    }

    /** Gives back what it takes when it is open. Its log must be emptied. */
    void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    /**
     * Appends an event, unless it has it; the feed has it already.
     *
     * @param telling makes the events for who was told up to a revision; several go as one frame
     * @return the segment that was made for it, or null
     */
    @Nullable Segment append(long revision, LongFunction<List<Event>> telling) {
        List<Event> events = revision <= log.end() ? List.of() : telling.apply(log.end());
        if (events.isEmpty()) {
            return null;
        }
        if (open == null) {
            log.skipTo(revision);
            return null;
        }
        return log.append(frame(open, events), revision);
    }

    /** Only when it is made it is known whether there is room for it where the one before is. */
    private byte[] frame(FrameStream to, List<Event> events) {
        boolean anew = !log.hasRoom(0);
        byte[] frame = frame(to, events, anew);
        return anew || log.hasRoom(frame.length) ? frame : frame(to, events, true);
    }

    private static byte[] frame(FrameStream to, List<Event> events, boolean anew) {
        if (events.size() == 1) {
            return to.frame(events.getFirst(), anew);
        }
        var frame = new ByteArrayOutputStream();
        boolean isFirst = true;
        for (Event event : events) {
            frame.writeBytes(to.frame(event, anew && isFirst));
            isFirst = false;
        }
        return frame.toByteArray();
    }
}
