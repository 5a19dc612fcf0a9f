package dev.genstore.changelog;

import dev.genstore.resource.Change;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The last changes in a ring, indexed by revision. A slot is overwritten by the change one ring
 * later; a reader notices it by the revision that it finds there.
 *
 * <p>One thread adds; any number of threads read without locks. {@link #head} is written behind the
 * slots, so whoever sees a head sees the changes up to it.
 */
final class RecentChanges {
    private final AtomicReferenceArray<@Nullable Change> slots;
    private final int mask;
    private final long weightMax;

    private volatile long head;
    private volatile long floor;
    private long weight;

    /**
     * An empty ring.
     *
     * @param head the last revision before the first that will be added
     * @param countMax how many changes it keeps; a power of two
     * @param weightMax how many bytes they may take together
     */
    RecentChanges(long head, int countMax, long weightMax) {
        if (Integer.bitCount(countMax) != 1) {
            throw new IllegalArgumentException("countMax is not a power of two: " + countMax);
        }
        this.slots = new AtomicReferenceArray<>(countMax);
        this.mask = countMax - 1;
        this.weightMax = weightMax;
        this.head = head;
        this.floor = head;
    }

    /** The last revision that was added. */
    long head() {
        return head;
    }

    /** Adds the change one above the head. */
    void add(Change change) {
        if (change.revision() != head + 1) {
            throw new IllegalStateException(
                    "revision " + change.revision() + " does not follow " + head);
        }
        if (change.revision() - floor > slots.length()) {
            drop();
        }
        slots.set(slot(change.revision()), change);
        weight += change.weightBytes();
        while (weight > weightMax && floor < head) {
            drop();
        }
        head = change.revision();
    }

    /** The changes behind {@code revision}, at most {@code countMax}; null when they are not all here. */
    @Nullable List<Change> after(long revision, int countMax) {
        long through = Math.min(head, revision + countMax);
        if (revision < floor) {
            return null;
        }
        var changes = new ArrayList<Change>((int) Math.max(0, through - revision));
        for (long next = revision + 1; next <= through; next++) {
            Change change = slots.get(slot(next));
            if (change == null || change.revision() != next) {
                return null;
            }
            changes.add(change);
        }
        return changes;
    }

    private void drop() {
        long oldest = floor + 1;
        Change dropped = slots.getAndSet(slot(oldest), null);
        weight -= dropped == null ? 0 : dropped.weightBytes();
        floor = oldest;
    }

    private int slot(long revision) {
        return (int) revision & mask;
    }
}
