package dev.genstore.sqlite;

import dev.genstore.query.Asker;

import org.jspecify.annotations.Nullable;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;

/**
 * One reading in one of the {@link Lane}s: how much it looks through, and whether it may go on. A quick
 * one that looks through more than a moment allows is {@link Ended}, and so is a long one when who
 * asked for it has left.
 *
 * <p>Confined to the reading's thread.
 */
final class Turn {
    /** How many rows a quick reading looks at beyond those that it shows. */
    static final int QUICK_LOOKED_MAX = 1_000;

    /** What a list may take of the processor while it is quick; heavy rows cost more than light ones. */
    static final long QUICK_MILLIS_MAX = 50;

    /** In no lane: the writer's own statements, and what commands read. */
    static final Turn FREE = new Turn(null, false);

    private final @Nullable Asker asker;
    private final boolean isQuick;
    private long looked;
    private long endNanos = Long.MAX_VALUE;

    private Turn(@Nullable Asker asker, boolean isQuick) {
        this.asker = asker;
        this.isQuick = isQuick;
    }

    /** A turn among those that take a moment, for whoever asks on this thread. */
    static Turn quick() {
        return new Turn(Asker.present(), true);
    }

    /** A turn among those that take long. */
    static Turn slow() {
        return new Turn(Asker.present(), false);
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
        if (isQuick && endNanos == Long.MAX_VALUE) {
            endNanos = Processor.usedNanos() + TimeUnit.MILLISECONDS.toNanos(QUICK_MILLIS_MAX);
        }
    }

    /**
     * Looks at so many rows that may not be shown; to be called before they are read.
     *
     * @throws Ended when they are too many for this lane
     */
    void look(long rows) {
        if (isQuick && (looked += rows) > QUICK_LOOKED_MAX) {
            throw new Ended();
        }
        if (asker != null) {
            asker.look(rows);
        }
    }

    /** How many of so many it may look at. */
    int most(int countMax) {
        return isQuick ? Math.min(countMax, QUICK_LOOKED_MAX) : countMax;
    }

    /** Whether it must end; the database asks in the middle of its work. */
    boolean isOver() {
        return !isWanted() || (endNanos < Long.MAX_VALUE && Processor.usedNanos() > endNanos);
    }

    /** What a thread has used of the processor, unlike time, says nothing of what others do. */
    private static final class Processor {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        static long usedNanos() {
            return THREADS.getCurrentThreadCpuTime();
        }
    }
}
