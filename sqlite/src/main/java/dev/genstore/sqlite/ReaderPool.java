package dev.genstore.sqlite;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.store.Snapshot;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Reads in two lanes, each with connections of its own: what takes a moment never waits behind what
 * takes long, only behind what has not shown yet that it does. Nobody knows beforehand which of the
 * two a list is, so each reading begins as a quick one. One that turns out to look through more gives
 * up its turn and begins anew in the slow lane: what it has looked at by then is little, and to go on
 * it would have to keep its connection and its snapshot from others while it waits.
 *
 * <p>Thread-safe.
 */
final class ReaderPool implements AutoCloseable {
    /** How many askers wait for what takes a moment: it is most often a second's worth. */
    static final int QUICK_WAITING_MAX = 10_000;

    /** How many wait for what takes long. Most take less than a second, each has an end. */
    static final int SLOW_WAITING_MAX = 100;

    /** How many of those who wait, or are read for, may be one client. */
    static final int QUICK_OF_ONE_MAX = 1_000;

    /** The same of what takes long. */
    static final int SLOW_OF_ONE_MAX = 10;

    private final Lane quick;
    private final Lane slow;

    /**
     * Both lanes.
     *
     * @param quickReaders how many connections read what takes a moment
     * @param slowReaders how many read what takes long
     */
    ReaderPool(DatabaseFile file, String epoch, int quickReaders, int slowReaders) {
        quick = new Lane("quick", file, epoch, quickReaders, QUICK_WAITING_MAX, QUICK_OF_ONE_MAX);
        slow = new Lane("long", file, epoch, slowReaders, SLOW_WAITING_MAX, SLOW_OF_ONE_MAX);
    }

    /** Reads in the quick lane, or where that takes too long in the other one. */
    <T extends @Nullable Object> T read(Function<Snapshot, T> reading) {
        try {
            return quick.read(Turn.quick(), reading);
        } catch (Ended tooLong) {
            return readLong(reading);
        }
    }

    /** Reads what is known to take long. */
    <T extends @Nullable Object> T readLong(Function<Snapshot, T> reading) {
        Turn turn = Turn.slow();
        try {
            return slow.read(turn, reading);
        } catch (Ended early) {
            throw turn.isWanted() ? tooDear() : unwanted();
        }
    }

    private static Problem tooDear() {
        return ProblemType.NEEDS_INDEX.because("This takes more than "
                + TimeUnit.MILLISECONDS.toSeconds(Turn.LONG_MILLIS_MAX)
                + " s of the processor. Ask for less, or let the collection have an index on what"
                + " you ask by.");
    }

    private static Problem unwanted() {
        return ProblemType.OVERLOADED
                .because("What takes long is not read for who has closed his side of the"
                        + " connection; leave it open until you have the answer.")
                .with("Retry-After", "1");
    }

    /** Waits for the reads that have come and closes the connections. */
    @Override
    public void close() {
        quick.shut();
        slow.shut();
        try (quick;
                slow) {
            // Each is closed even if the other one fails.
        }
    }
}
