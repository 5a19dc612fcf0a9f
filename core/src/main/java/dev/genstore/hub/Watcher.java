package dev.genstore.hub;

import dev.genstore.resource.Problem;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;

/**
 * One who follows a watch: a position, and nothing else. What it has not seen is copied to its
 * socket, from the shared window of its feed if its position lies in there, else page by page from
 * the log or, after a reset, from the present state. As long as its socket is busy it does nothing,
 * so a slow watcher costs a position and not a queue.
 *
 * <pre>
 *                 the window has it                    it has seen everything
 *   ┌─────────┐ ────────────────────▶ ┌───────────┐ ─────────────────────────▶ ┌──────┐
 *   │ catches │                       │ in the    │                            │ live │
 *   │   up    │ ◀──────────────────── │ window    │ ◀───────────────────────── │      │
 *   └─────────┘   it fell out of it   └───────────┘   its socket is full        └──────┘
 * </pre>
 *
 * <p>Those who are live are told all together, by the {@link Delivery}; the others are apart, and
 * each goes on by itself whenever it can.
 *
 * <p>Who understands a stream changes its group when it crosses from one {@link Source} to the other;
 * else that makes no difference to it.
 *
 * <p>Confined to its loop.
 */
public final class Watcher {
    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);

    private Group group;
    private final Line line;

    /** Its place in its group. */
    int index;

    /** Whether it stands in its line's queue. */
    boolean isWaiting;

    private @Nullable Progress missing;

    /** What was read of it, until it can be told. */
    private SharedPages.@Nullable Framed page;

    /** What was there when it came, or fell behind: it is not synced before it was told that much. */
    private long catchUpTo;

    /** When it was last told anything, while it catches up. */
    private long heardMillis;

    /** Until when it may be told, where it must hear of that; else 0. */
    private long expiresMillis;

    private boolean owesSynced = true;
    private boolean owesSyncedFirst;
    private boolean isBusy;
    private boolean isClosed;

    Watcher(Group group, Progress progress, Line line) {
        this.group = group;
        this.line = line;
        this.catchUpTo = group.loop().headRevision();
        this.heardMillis = group.loop().nowMillis();
        group.add(this, line.join(this));
        if (progress instanceof Progress.Log log && isInWindow(log)) {
            group.roster().cursor(index, log.revision());
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
        return log.revision() >= source().from()
                && log.revision() >= log.fullThrough()
                && (log.told() == log.revision() || log.revision() >= catchUpTo);
    }

    /** Begins to call its sink. */
    public void begin() {
        pump();
    }

    /** Says, when it has seen everything, that it is told only until then. */
    public void warn(long untilMillis) {
        expiresMillis = untilMillis;
        owesSynced = true;
        apart();
        pump();
    }

    /** The way to its peer. */
    public Line line() {
        return line;
    }

    /**
     * The id up to which it has seen everything; when its position is lost, that is nothing. Empty
     * while a time is looked up.
     */
    public Optional<String> position() {
        Progress progress = missing == null ? new Progress.Log(cursor(), cursor(), 0) : missing;
        return progress.position(group.loop().epoch());
    }

    Loop loop() {
        return group.loop();
    }

    /** The sink has taken what it was given. */
    void written() {
        isBusy = false;
    }

    /** Walks have to ask the line from now on. */
    void share() {
        if (!isClosed) {
            group.roster().share(index);
        }
    }

    /** Ends it: its sink is not called again for it. */
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        group.remove(this);
        line.leave(this);
        if (page != null) {
            page = null;
            line.hasRead();
        }
    }

    boolean isClosed() {
        return isClosed;
    }

    /** How many changes of the log it may have to be told yet; none when it has ended. */
    public long lagRevisions() {
        return isClosed ? 0 : lagRevisions(group.loop().headRevision());
    }

    /** How many changes of the log it may have to be told yet; of one that is apart. */
    long lagRevisions(long headRevision) {
        long seen = source().end() > cursor() ? cursor() : headRevision;
        return missing == null ? headRevision - seen : missing.behind(headRevision);
    }

    /** Goes on, if it can. A bug here ends only this one. */
    void pump() {
        try {
            while (mayGoOn()) {
                step();
            }
        } catch (RuntimeException | Error bug) {
            fail(bug);
        }
    }

    private boolean mayGoOn() {
        Loop loop = group.loop();
        loop.guard();
        if (loop.isHeldBack()) {
            loop.execute(this::pump); // behind what is served now, when the guard can run
            return false;
        }
        return canGoOn() && line.isFreeFor(this);
    }

    private boolean canGoOn() {
        return !isBusy && !isClosed && (missing != null || isApart());
    }

    private void step() {
        if (page != null) {
            tell(page);
        } else if (missing != null) {
            fetch(missing);
        } else if (owesSyncedFirst) {
            tellSynced();
        } else {
            long through = source().plain().through();
            switch (source().read(cursor(), Delivery.RUN_BYTES_MAX)) {
                case Run.Frames frames when group.loop().isHeldBack() -> frames.release();
                case Run.Frames frames -> tell(frames);
                case Run.Drained ignored -> settle(through);
                case Run.Behind ignored -> fallBehind();
                case Run.Crossing ignored -> group = group.handOver(this);
            }
        }
    }

    /** All frames up to {@code through} were there before it looked, so it has seen them. */
    private void settle(long through) {
        if (!owesSynced) {
            group.roster().apart(index, false);
            return;
        }
        long told = cursor();
        long seen = Math.max(told, through);
        if (seen < catchUpTo) {
            fetch(new Progress.Log(seen, told, 0)); // the hub has not come that far itself
        } else {
            group.roster().cursor(index, seen);
            tellSynced();
        }
    }

    private void tellSynced() {
        owesSynced = false;
        owesSyncedFirst = false;
        long nowMillis = group.loop().nowMillis();
        Feed feed = source().plain();
        tell(
                expiresMillis == 0
                        ? feed.synced(cursor(), nowMillis)
                        : feed.expiring(cursor(), nowMillis, expiresMillis));
        expiresMillis = 0;
    }

    private void tell(Run.Frames frames) {
        group.loop().delivery().tell(group.roster(), index, frames);
    }

    /** Its socket did not take all, and will be given the rest before anything else. */
    void awaitTurn() {
        isBusy = true;
    }

    /** Whether its line is free; else it is told apart, when it is its turn. */
    boolean hasTurn() {
        boolean isFree = line.isFreeFor(this);
        if (!isFree) {
            apart();
        }
        return isFree;
    }

    /** Holds its line, which is free; returns the descriptor behind it. */
    int hold() {
        return line.hold(this);
    }

    /** It is to be told that it has seen everything when it is its turn. */
    void oweSynced() {
        owesSynced = true;
    }

    /** Its socket did not take all; this is the rest, up to the end of a frame. */
    void tell(Run.Rest rest) {
        if (isClosed) {
            line.giveUp(this); // its peer is going, too: nothing else can have come between
        } else {
            group.roster().cursor(index, rest.through());
            write(rest.bytes(), rest.count());
        }
    }

    private void fallBehind() {
        catchUpTo = group.loop().headRevision();
        heardMillis = group.loop().nowMillis();
        fetch(new Progress.Log(cursor(), cursor(), 0));
    }

    /** Pages pass by frames of a stream, so who reads one needs a way into the stream again. */
    private void fetch(Progress from) {
        if (source() instanceof FeedStream) {
            group = group.handOver(this);
        }
        missing = from;
        owesSynced = true;
        isBusy = true;
        line.read(this);
    }

    /** Reads what it misses; its line says when. */
    void read() {
        group.loop().read(source().plain(), Objects.requireNonNull(missing), this::take);
    }

    private void take(SharedPages.@Nullable Framed framed, @Nullable Throwable failure) {
        if (isClosed || framed == null) {
            line.hasRead();
        }
        if (isClosed) {
            return;
        }
        isBusy = false;
        if (framed == null) {
            fail(Objects.requireNonNull(failure));
        } else {
            page = framed;
            pump();
        }
    }

    private void tell(SharedPages.Framed framed) {
        page = null;
        line.hasRead();
        missing = framed.progress();
        if (missing instanceof Progress.Log log && isInWindow(log)) {
            enterWindow(log);
        }
        if (framed.frames().hasRemaining()) {
            tell(framed.frames().duplicate(), framed.count());
        } else if (missing instanceof Progress.Log log && isSilent(log)) {
            missing = new Progress.Log(log.revision(), log.revision(), log.fullThrough());
            tell(source().plain().syncedApart(log.revision(), group.loop().nowMillis()), 1);
        }
    }

    /**
     * A filter may find nothing in much of the log: then it is told how far that was read. Behind a
     * reset that would not be true yet: what moved while the state was told is still missing.
     */
    private boolean isSilent(Progress.Log log) {
        long silentMillis = group.loop().nowMillis() - heardMillis;
        return log.revision() > log.told()
                && log.revision() >= log.fullThrough()
                && Math.abs(silentMillis) >= group.loop().silenceMillis();
    }

    private void tell(ByteBuffer frames, int count) {
        heardMillis = group.loop().nowMillis();
        group.loop().delivery().count(count);
        write(frames, count);
    }

    /**
     * The window goes on where the log was left. Its first event may name, as the one before it, one
     * that was not told here: the position at which the window began, or a deletion that the state
     * behind a reset had done already. So a client that was told less must be told that much first.
     */
    private void enterWindow(Progress.Log log) {
        missing = null;
        group.roster().cursor(index, log.revision());
        owesSyncedFirst = log.told() < log.revision();
    }

    /**
     * What is behind a problem is in the log already; anything else is a bug, or the memory is full,
     * which must not cost the others anything either.
     */
    void fail(Throwable failure) {
        if (isClosed) {
            return;
        }
        if (!(failure instanceof Problem)) {
            LOG.error("{} can't be told", source().plain().watch().target().path(), failure);
        }
        isBusy = true;
        line.sink()
                .fail(
                        failure instanceof RuntimeException known
                                ? known
                                : new IllegalStateException(failure));
    }

    private void write(ByteBuffer frames, int count) {
        isBusy = true;
        try {
            line.write(this, frames, count);
        } catch (RuntimeException | Error bug) {
            fail(bug);
        }
    }

    void apart() {
        if (!isClosed) {
            group.roster().apart(index, true);
        }
    }

    private boolean isApart() {
        return group.roster().isApart(index);
    }

    private Source source() {
        return group.source();
    }

    private long cursor() {
        return group.roster().cursor(index);
    }
}
