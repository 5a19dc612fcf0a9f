package dev.genstore.hub;

import dev.genstore.resource.Problem;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;

/**
 * One who follows a watch: a position, and nothing else. It is one loop over the log: what it has not
 * seen is copied to its sink, from the shared window of its feed if its position lies in there, else
 * page by page from the log or, after a reset, from the present state. As long as the sink is busy it
 * does nothing, so a slow watcher costs a position and not a queue.
 *
 * <pre>
 *                 the window has it
 *   ┌─────────┐ ────────────────────▶ ┌──────┐
 *   │ catches │                       │ live │
 *   │   up    │ ◀──────────────────── │      │
 *   └─────────┘   it fell out of it   └──────┘
 * </pre>
 *
 * <p>Confined to its loop.
 */
public final class Watcher {
    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
    private static final int WINDOW_BYTES_MAX = 256 << 10;
    private static final int PAGE_BYTES_MAX = 32 << 10;

    private final Group group;
    private final Feed feed;
    private final CatchUp catchUp;
    private final Sink sink;
    private final Cursor cursor;

    /** Its place in its group. */
    int index;

    private @Nullable Progress missing;
    private long told;

    /** What was there when it came, or fell behind: it is not synced before it was told that much. */
    private long catchUpTo;

    private boolean owesSynced = true;
    private boolean owesSyncedFirst;
    private boolean isBusy;
    private boolean isClosed;

    Watcher(Group group, CatchUp catchUp, Progress progress, Sink sink) {
        this.group = group;
        this.feed = group.feed();
        this.catchUp = catchUp;
        this.sink = sink;
        this.cursor = new Cursor(0);
        this.told = progress.told();
        this.catchUpTo = group.loop().headRevision();
        if (progress instanceof Progress.Log log && isInWindow(log)) {
            cursor.revision = log.revision();
        } else {
            missing = progress;
        }
    }

    /**
     * Whether the window has all that follows and can be entered. What changed while a state was told
     * is read from the log even then: the frames would tell patches against states that were never
     * told. And one that was told less than it has seen is told a {@code synced} when it enters, for
     * which it must have caught up.
     */
    private boolean isInWindow(Progress.Log log) {
        return log.revision() >= feed.log().from()
                && log.revision() >= log.fullThrough()
                && (log.told() == log.revision() || log.revision() >= catchUpTo);
    }

    /** Begins to call its sink. */
    public void begin() {
        pump();
    }

    /** The sink has taken what it was given. */
    public void written() {
        isBusy = false;
        pump();
    }

    /** Ends it: its sink is not called again. */
    public void close() {
        if (!isClosed) {
            isClosed = true;
            group.remove(this);
        }
    }

    /** How many changes of the log it may have to be told yet. */
    long lagRevisions(long headRevision) {
        return switch (missing) {
            case Progress.Log log -> headRevision - log.revision();
            case Progress.State state -> headRevision - state.revision();
            case Progress.Lost ignored -> headRevision;
            case null -> isBusy ? Math.max(0, headRevision - cursor.revision) : 0;
        };
    }

    /** Gives the sink the next of what is missing, unless it is busy. A bug here ends only this one. */
    void pump() {
        if (isBusy || isClosed) {
            return;
        }
        try {
            advance();
        } catch (RuntimeException bug) {
            fail(bug);
        }
    }

    private void advance() {
        if (missing != null) {
            fetch(missing);
        } else {
            stream();
        }
    }

    private void stream() {
        if (owesSyncedFirst) {
            tellSynced();
            return;
        }
        switch (feed.read(cursor, WINDOW_BYTES_MAX, owesSynced)) {
            case Run.Frames frames -> {
                told = frames.told();
                write(frames.bytes(), frames.count());
            }
            case Run.Drained ignored -> settle();
            case Run.Behind ignored -> {
                catchUpTo = group.loop().headRevision();
                fetch(new Progress.Log(cursor.revision, told, 0));
            }
        }
    }

    /** It has all that the hub has told: says so, if it had been behind. The hub may be behind, too. */
    private void settle() {
        if (owesSynced && cursor.revision < catchUpTo) {
            fetch(new Progress.Log(cursor.revision, told, 0));
        } else if (owesSynced) {
            tellSynced();
        }
    }

    private void tellSynced() {
        owesSynced = false;
        owesSyncedFirst = false;
        told = cursor.revision;
        write(feed.synced(cursor.revision), 1);
    }

    private void fetch(Progress from) {
        missing = from;
        owesSynced = true;
        isBusy = true;
        group.loop().read(() -> read(from));
    }

    /** On a thread that may block. */
    private void read(Progress from) {
        try {
            Page page = catchUp.next(feed.watch(), from, PAGE_BYTES_MAX);
            ByteBuffer frames = feed.frame(page.events());
            group.loop().execute(() -> take(page, frames));
        } catch (RuntimeException failure) {
            group.loop().execute(() -> fail(failure));
        } catch (Error failure) {
            group.loop().execute(() -> fail(new IllegalStateException(failure)));
            throw failure;
        }
    }

    private void take(Page page, ByteBuffer frames) {
        isBusy = false;
        if (isClosed) {
            return;
        }
        Progress progress = page.progress();
        missing = progress;
        told = progress.told();
        if (progress instanceof Progress.Log log && isInWindow(log)) {
            enterWindow(log);
        }
        if (frames.hasRemaining()) {
            write(frames, page.events().size());
        } else {
            pump();
        }
    }

    /**
     * The window goes on where the log was left. Its first event may name, as the one before it, one
     * that was not told here: the position at which the window began, or a deletion that the state
     * behind a reset had done already. So a client that was told less must be told that much first.
     */
    private void enterWindow(Progress.Log log) {
        missing = null;
        cursor.revision = log.revision();
        cursor.lose();
        owesSyncedFirst = told < log.revision();
    }

    /** What is behind a problem is in the log already; anything else is a bug. */
    private void fail(RuntimeException failure) {
        if (isClosed) {
            return;
        }
        if (!(failure instanceof Problem)) {
            LOG.error("{} can't be told", feed.watch().target().path(), failure);
        }
        sink.fail(failure);
    }

    private void write(ByteBuffer frames, int count) {
        isBusy = true;
        sink.write(frames, count);
    }
}
