package dev.genstore.hub;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Tells many watchers of one group at once: finds the frames behind each cursor, which is the same
 * place for nearly all of them, gives them to the {@link Sender} in batches, and moves the cursors of
 * those whose socket took everything. The others are set apart and served one by one when the walk is
 * over, as that may close connections and change the roster.
 *
 * <p>Confined to one loop.
 */
final class Delivery {
    private static final long NOWHERE = -1;

    /** At most so much goes to one socket at once. */
    static final int RUN_BYTES_MAX = 256 << 10;

    /** At most so much is copied for a socket that took less. */
    private static final int REST_BYTES_MAX = 16 << 10;

    private final Supplier<Sender> sender;
    private final IntConsumer meter;
    private final FollowedChanges followed;
    private final Batch batch = new Batch();
    private final int[] indexes = new int[Batch.SIZE_MAX];
    private final Run.@Nullable Frames[] runs = new Run.Frames[Batch.SIZE_MAX];
    private final List<Run.Frames> held = new ArrayList<>();
    private final Deque<Runnable> stragglers = new ArrayDeque<>();
    private @Nullable Run run;
    private long runBehind = NOWHERE;
    private final BooleanSupplier isHeldBack;

    /** Whether what was read last must not be told yet. */
    private boolean isRunHeldBack;

    /** Whether stragglers are served, so that one of them does not begin it again on top of itself. */
    private boolean isServing;

    /**
     * Deliveries in this way.
     *
     * @param isHeldBack whether what was read until now must not be told yet
     */
    Delivery(Loop.Sending sending, BooleanSupplier isHeldBack) {
        this.sender = sending.sender();
        this.meter = sending.meter();
        this.followed = sending.followed();
        this.isHeldBack = isHeldBack;
    }

    /**
     * Tells the watchers below {@code end} and from {@code stop} on, unless they are apart, what
     * follows their cursors.
     *
     * @return whether that was all that there is
     */
    boolean tell(Source source, Roster roster, int end, int stop) {
        long last = source.end();
        boolean isAll = true;
        for (int i = end - 1; i >= stop; i--) {
            if (!roster.isApart(i) && roster.cursor(i) < last) {
                isAll &= offer(source, roster, i) >= last;
            }
        }
        finish(roster);
        return isAll;
    }

    /** Tells those of the watchers who are at the head that they are. */
    void tellSynced(Source source, Roster roster, int end, int stop, long timeMillis) {
        long through = source.plain().through();
        long last = source.end();
        Run.Frames synced = source.plain().synced(through, timeMillis);
        held.add(synced);
        for (int i = end - 1; i >= stop; i--) {
            long cursor = roster.cursor(i);
            if (!roster.isApart(i) && cursor >= last && cursor <= through) {
                tellSynced(roster, i, synced);
            }
        }
        finish(roster);
    }

    private void tellSynced(Roster roster, int index, Run.Frames synced) {
        if (hasTurn(roster, index)) {
            add(roster, index, synced);
        } else {
            roster.watcher(index).oweSynced();
        }
    }

    /** Tells one watcher, whose turn it is, these frames, and releases them. */
    void tell(Roster roster, int index, Run.Frames frames) {
        held.add(frames);
        add(roster, index, frames);
        finish(roster);
    }

    /** Up to where it will have been told. */
    private long offer(Source source, Roster roster, int index) {
        return switch (following(source, roster.cursor(index))) {
            case Run.Frames ignored when isRunHeldBack -> NOWHERE;
            case Run.Frames frames -> {
                if (!hasTurn(roster, index)) {
                    yield Long.MAX_VALUE;
                }
                add(roster, index, frames);
                yield frames.through();
            }
            case Run.Behind ignored -> goAlone(roster, index);
            case Run.Crossing ignored -> goAlone(roster, index);
            case Run.Drained ignored -> Long.MAX_VALUE;
        };
    }

    /** One whose peer is told something else goes apart, and comes by itself when that is over. */
    private static boolean hasTurn(Roster roster, int index) {
        return !roster.isShared(index) || roster.watcher(index).hasTurn();
    }

    private long goAlone(Roster roster, int index) {
        roster.apart(index, true);
        stragglers.add(roster.watcher(index)::pump);
        return Long.MAX_VALUE;
    }

    private Run following(Source source, long cursor) {
        Run known = run;
        if (known != null && cursor == runBehind) {
            return known;
        }
        Run found = source.read(cursor, RUN_BYTES_MAX);
        if (found instanceof Run.Frames frames) {
            held.add(frames);
        }
        isRunHeldBack = isHeldBack.getAsBoolean();
        run = found;
        runBehind = cursor;
        return found;
    }

    private void add(Roster roster, int index, Run.Frames frames) {
        int descriptor =
                roster.isShared(index) ? roster.watcher(index).hold() : roster.descriptor(index);
        if (descriptor == Sink.NO_DESCRIPTOR) {
            straggle(roster, index, frames, 0);
            return;
        }
        if (batch.size() == Batch.SIZE_MAX) {
            send(roster);
        }
        indexes[batch.size()] = index;
        runs[batch.size()] = frames;
        batch.add(descriptor, frames.address(), frames.lengthBytes());
    }

    private void send(Roster roster) {
        try {
            sender.get().send(batch);
        } catch (RuntimeException | Error bug) {
            failAll(roster, bug);
        }
        if (!followed.isEmpty()) {
            tellFollowed();
        }
        int events = 0;
        for (int i = 0; i < batch.size(); i++) {
            events += settle(roster, i);
        }
        batch.clear();
        meter.accept(events);
    }

    /** Most sockets were given the same frames, one behind the other. */
    private void tellFollowed() {
        int sockets = 0;
        for (int i = 0; i < batch.size(); i++) {
            Run.Frames frames = runs[i];
            boolean isWhole = frames != null && batch.taken(i) == frames.lengthBytes();
            sockets += isWhole ? 1 : 0;
            boolean isEnd = i + 1 == batch.size() || !Objects.equals(runs[i + 1], frames);
            if (isEnd && frames != null && sockets > 0) {
                followed.given(frames, sockets);
            }
            sockets = isEnd ? 0 : sockets;
        }
    }

    /** Nobody knows what these sockets have got. */
    private void failAll(Roster roster, Throwable bug) {
        for (int i = 0; i < batch.size(); i++) {
            Watcher watcher = setApart(roster, indexes[i]);
            stragglers.add(() -> watcher.fail(bug));
            runs[i] = null;
        }
    }

    /** How many events it was told. */
    private int settle(Roster roster, int entry) {
        Run.Frames frames = runs[entry];
        runs[entry] = null;
        if (frames == null) {
            return 0;
        }
        if (batch.taken(entry) < frames.lengthBytes()) {
            straggle(roster, indexes[entry], frames, batch.taken(entry));
            return 0;
        }
        roster.cursor(indexes[entry], frames.through());
        if (roster.isShared(indexes[entry])) {
            release(roster.watcher(indexes[entry]).line());
        }
        return frames.count();
    }

    private void release(Line line) {
        line.release();
        if (line.hasWaiting()) {
            stragglers.add(line::serve);
        }
    }

    /** What its socket did not take goes the usual way, which waits until it does, or finds the error. */
    private void straggle(Roster roster, int index, Run.Frames frames, int takenBytes) {
        Watcher watcher = setApart(roster, index);
        frames.segment().retain();
        stragglers.add(() -> {
            Run.Rest rest = frames.rest(takenBytes, REST_BYTES_MAX);
            meter.accept(rest.last() + 1 - frames.first());
            if (!followed.isEmpty()) {
                followed.given(frames.upTo(rest.through()), 1);
            }
            watcher.tell(rest);
            frames.release();
        });
    }

    /** Until its turn comes, nothing else goes to its socket. */
    private static Watcher setApart(Roster roster, int index) {
        Watcher watcher = roster.watcher(index);
        roster.apart(index, true);
        watcher.awaitTurn();
        return watcher;
    }

    /** From here on others may use this delivery, which is what the stragglers do. */
    private void finish(Roster roster) {
        if (batch.size() > 0) {
            send(roster);
        }
        run = null;
        runBehind = NOWHERE;
        held.forEach(Run.Frames::release);
        held.clear();
        if (!isServing) {
            serveStragglers();
        }
    }

    private void serveStragglers() {
        isServing = true;
        try {
            for (Runnable next = stragglers.poll(); next != null; next = stragglers.poll()) {
                next.run();
            }
        } finally {
            isServing = false;
        }
    }

    boolean isServing() {
        return isServing;
    }

    /** Counts events that were delivered in another way. */
    void count(int events) {
        meter.accept(events);
    }
}
