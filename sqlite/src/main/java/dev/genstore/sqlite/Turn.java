package dev.genstore.sqlite;

import dev.genstore.query.Asker;

import org.jspecify.annotations.Nullable;

/**
 * One reading in one of the {@link Lane}s: how much it looks through, and whether it may go on. A quick
 * one that looks through more than a moment allows is {@link Ended}. A long one has an end, too: a
 * list gives the page that it has by then, and what can't is {@link Ended} somewhat later, or as soon
 * as who asked for it has left.
 *
 * <p>Confined to the reading's thread.
 */
final class Turn {
    /** How many rows a quick reading looks at beyond those that it shows. */
    static final int QUICK_LOOKED_MAX = 1_000;

    /** What a list may take of the processor while it is quick; heavy rows cost more than light ones. */
    static final long QUICK_MILLIS_MAX = 50;

    /** What of the processor a list takes, for whoever asks, before its page ends. */
    static final long PAGE_MILLIS_MAX = 10_000;

    /** What a reading may take for whoever asks. */
    static final long LONG_MILLIS_MAX = 20_000;

    /** What a list takes of the processor without being charged for it. */
    static final long FREE_MILLIS = 10;

    /**
     * So many rows cost as much as a millisecond of the processor: by the default rate a client has a
     * quarter of one reader for as long as he likes.
     */
    static final long ROWS_PER_MILLI = 400;

    /** In no lane: the writer's own statements, and what commands read. */
    static final Turn FREE = new Turn(null, false, Long.MAX_VALUE, Long.MAX_VALUE);

    private final @Nullable Asker asker;
    private final boolean isQuick;
    private final long pageMillisMax;
    private final long millisMax;
    private long looked;
    private long charged;
    private int part = 1;
    private int parts = 1;
    private @Nullable ProcessorTime time;

    private Turn(@Nullable Asker asker, boolean isQuick, long pageMillisMax, long millisMax) {
        this.asker = asker;
        this.isQuick = isQuick;
        this.pageMillisMax = pageMillisMax;
        this.millisMax = millisMax;
    }

    /** A turn among those that take a moment, for whoever asks on this thread. */
    static Turn quick() {
        return new Turn(Asker.present(), true, QUICK_MILLIS_MAX, QUICK_MILLIS_MAX);
    }

    /** A turn among those that take long. */
    static Turn slow() {
        return slow(Asker.present(), PAGE_MILLIS_MAX, LONG_MILLIS_MAX);
    }

    /** One that has other ends where somebody waits for it. */
    static Turn slow(@Nullable Asker asker, long pageMillisMax, long millisMax) {
        return new Turn(asker, false, pageMillisMax, millisMax);
    }

    /** For whom it is; null for nobody who could leave. */
    @Nullable Asker asker() {
        return asker;
    }

    /** Whether somebody waits for it. */
    boolean isWanted() {
        return asker == null || !(isQuick ? asker.isGone() : asker.hasLeft());
    }

    /** From now on it may take long. */
    void beginList() {
        if (time == null && (isQuick || asker != null)) {
            time = ProcessorTime.fromNow();
        }
    }

    /**
     * Looks at so many rows that may not be shown; to be called before they are read.
     *
     * @throws Ended when they are too many for this lane
     */
    void look(long rows) {
        pass(rows);
        charge(rows);
    }

    /**
     * Looks at so many rows for which nobody pays.
     *
     * @throws Ended when they are too many for this lane
     */
    void pass(long rows) {
        if (isQuick && (looked += rows) > QUICK_LOOKED_MAX) {
            throw new Ended();
        }
    }

    /** As much is paid as so many rows cost. */
    void charge(long rows) {
        charged += rows;
        if (asker != null) {
            asker.look(rows);
        }
    }

    /** Who had little looked through, but for long, pays for the time instead. */
    void chargeTime() {
        if (asker != null && time != null) {
            long rows = (time.usedMillis() - FREE_MILLIS) * ROWS_PER_MILLI;
            asker.look(Math.max(0, rows - charged));
        }
    }

    /** How many of so many it may look at. */
    int most(int countMax) {
        return isQuick ? Math.min(countMax, QUICK_LOOKED_MAX) : countMax;
    }

    /** Whether it must end; the database asks in the middle of its work. */
    boolean isOver() {
        return !isWanted() || hasTaken(millisMax);
    }

    /**
     * Asks the same between two rows, and in the middle of one that costs much.
     *
     * @throws Ended when it must
     */
    void goOn() {
        if (isOver()) {
            throw new Ended();
        }
    }

    /** The next of so many parts of a page begins, counted from 1: each has as much of its time. */
    void beginPart(int number, int of) {
        part = number;
        parts = of;
    }

    /** Whether a page of a list, or this part of it, had better end where it is. */
    boolean hasPage() {
        return !isQuick && hasTaken(pageMillisMax * part / parts);
    }

    private boolean hasTaken(long millis) {
        return time != null && time.isOver(millis);
    }
}
