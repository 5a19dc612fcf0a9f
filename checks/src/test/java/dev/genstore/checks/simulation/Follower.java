package dev.genstore.checks.simulation;

import static dev.genstore.checks.simulation.Violation.unless;

import dev.genstore.resource.Change;
import dev.genstore.resource.Position;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client that follows a watch knows, and the check of everything that it is told against the
 * guarantees of the protocol.
 *
 * <pre>
 *               synced: the view is complete
 *  RESETTING ────────────────────────────────▶ FOLLOWING
 *      ▲                                           │
 *      └───────────────────────────────────────────┘
 *               reset: forget everything
 * </pre>
 */
final class Follower {
    private final World world;
    private final History history;
    private final Watched watched;
    private final String epoch;
    private final EventCheck check;
    private final View model;
    private final Map<String, Long> held = new HashMap<>();
    private final BitSet told = new BitSet();

    private long position;
    private boolean hasPosition;
    private @Nullable String dueReset;
    private boolean isResetting;
    private long stateThroughMax;
    private boolean isPartial;
    private long partialThrough;
    private boolean isSynced;

    /** The end of the batch of which it was told a part; 0 when it has no part of one. */
    private long batchEnd;

    private long syncedDue;

    /** How far the clock had gone when it came. */
    private long cameAfterMillis;

    Follower(World world, Watched watched, String epoch, Join join) {
        this.world = world;
        this.history = world.history;
        this.watched = watched;
        this.epoch = epoch;
        this.check = new EventCheck(history, watched);
        this.model = new View(history, watched);
        this.position = join.base();
        this.hasPosition = join.since() != null;
        this.dueReset = join.dueReset();
        this.syncedDue = join.head();
        this.cameAfterMillis = world.travelledMillis;
        held.putAll(model.at(Math.min(position, history.head())));
    }

    /** Up to where it has seen everything. */
    long position() {
        return position;
    }

    /** Whether it has the whole of each batch that it was told a part of. */
    boolean hasWholeBatches() {
        return batchEnd == 0;
    }

    /** Whether it has been told {@code synced} since it came. */
    boolean isSynced() {
        return isSynced;
    }

    /** From where it goes on when its connection is lost; null when it was told nothing yet. */
    @Nullable Position resume() {
        return hasPosition && dueReset == null ? new Position(epoch, position) : null;
    }

    /**
     * It has come back with {@link #resume}. If it broke off in the middle of a state, it lacks what
     * had moved behind that state before it was told: that comes from the log.
     *
     * @param head the last revision that can be told
     */
    void comesBack(long head) {
        if (isResetting) {
            isPartial = true;
            partialThrough = history.head();
        }
        isResetting = false;
        isSynced = false;
        syncedDue = head;
        cameAfterMillis = world.travelledMillis;
    }

    /**
     * Hears events that came at once.
     *
     * @param durable the last revision that was durable when they were sent
     */
    void hear(List<Told> events, long durable) {
        rising(events);
        for (Told event : events) {
            unless(epoch.equals(event.id().epoch()), "%s is of another history", event);
            unless(event.revision() <= durable, "%s was told before it was durable", event);
            switch (event.type()) {
                case "reset" -> reset(event, durable);
                case "synced" -> heartbeat(event);
                default -> change(event);
            }
            hasPosition = true;
        }
    }

    /** While a long log is read for nothing, it is told how far that has come. */
    private boolean mayBeSilence() {
        return world.travelledMillis - cameAfterMillis >= Setting.SILENCE_MILLIS;
    }

    /** One that ends a batch may come before the catch-up ends. */
    private void heartbeat(Told event) {
        long revision = event.revision();
        boolean isCaughtUp = isSynced || revision >= syncedDue;
        boolean endsBatch = revision > 0 && history.get(revision).endsBatchOf(position);
        unless(
                isCaughtUp || endsBatch || mayBeSilence(),
                "%s came before the catch-up ended, at %d",
                event,
                syncedDue);
        synced(revision);
        isSynced = isCaughtUp;
    }

    private static void rising(List<Told> events) {
        long last = 0;
        for (Told event : events) {
            long next = event.revision();
            boolean isReset = "reset".equals(event.type());
            boolean isTwice = next == last && event.isAboutResource() && next > 0;
            unless(!isTwice, "%s was told twice", event);
            unless(isReset || next >= last, "%s came out of order, behind %d", event, last);
            last = next;
        }
    }

    private void reset(Told event, long durable) {
        String reason = check.reset(event);
        if (dueReset != null) {
            unless(reason.equals(dueReset), "%s because of %s and not %s", event, reason, dueReset);
        } else {
            boolean isLost = position < history.horizonMax() || history.isCut(watched, position);
            unless(
                    "history-gone".equals(reason) && isLost,
                    "%s because of %s at %d, but the log begins at %d and nothing is cut",
                    event,
                    reason,
                    position,
                    history.horizonMax());
        }
        dueReset = null;
        batchEnd = 0;
        held.clear();
        told.clear();
        position = 0;
        isResetting = true;
        isPartial = false;
        isSynced = false;
        stateThroughMax = durable;
    }

    /** It is told, or may conclude, that it has seen everything up to a revision. */
    void synced(long revision) {
        unless(dueReset == null, "synced %d instead of reset %s", revision, dueReset);
        unless(revision >= position, "synced %d falls behind %d", revision, position);
        goesTo(revision, batchEnd);
        if (!isResetting) {
            long next = history.nextSeen(watched, position);
            unless(next == 0 || next > revision, "%d was lost before synced %d", next, revision);
        }
        if (!isPartial || revision >= partialThrough) {
            Map<String, Long> due = model.at(revision);
            unless(held.equals(due), "at synced %d it has %s and not %s", revision, held, due);
            isPartial = false;
        }
        position = revision;
        isResetting = false;
        isSynced = true;
    }

    private void change(Told event) {
        unless(dueReset == null, "%s instead of reset %s", event, dueReset);
        long revision = event.revision();
        unless(revision > 0, "%s has no revision", event);
        inOrder(event, revision);
        Change change = history.get(revision);
        boolean isState = isResetting && check.isState(event, change);
        if (isState) {
            check.state(event, change);
        } else {
            check.change(event, change, held.get(History.key(change)), isPartial);
        }
        EventCheck.commit(event, change, isResetting);
        Long commit = event.commit();
        goesTo(revision, commit == null ? 0 : commit);
        if (watched.isSeen(history, change.after())) {
            held.put(History.key(change), revision);
        } else {
            held.remove(History.key(change));
        }
        told.set((int) revision);
        position = revision;
    }

    /** Nothing that lies behind a batch comes before its end. */
    private void goesTo(long revision, long end) {
        unless(
                batchEnd == 0 || revision <= batchEnd,
                "%d came before the batch up to %d was ended",
                revision,
                batchEnd);
        batchEnd = revision < end ? end : 0;
    }

    private void inOrder(Told event, long revision) {
        unless(!told.get((int) revision) || revision > position, "%s was told twice", event);
        unless(revision > position, "%s came out of order, behind %d", event, position);
        long from = isResetting ? Math.max(position, stateThroughMax) : position;
        long next = history.nextSeen(watched, from);
        unless(next == 0 || next >= revision, "%d was lost before %s", next, event);
        EventCheck.prev(event, told.length() - 1, position);
    }
}
