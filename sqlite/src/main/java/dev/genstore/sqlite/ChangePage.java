package dev.genstore.sqlite;

import dev.genstore.resource.Change;
import dev.genstore.store.StorageException;
import dev.genstore.store.StorageException.Kind;

import java.util.ArrayList;
import java.util.List;

/**
 * Gathers the log's changes up to a weight and sees to it that none is missing.
 *
 * <p>Confined to one read.
 */
final class ChangePage {
    private final List<Change> changes = new ArrayList<>();
    private final long through;
    private final long weightMax;
    private long last;
    private long weight;
    private boolean full;

    /** A page of the changes above {@code after} up to {@code through}. */
    ChangePage(long after, long through, long weightMax) {
        this.last = after;
        this.through = through;
        this.weightMax = weightMax;
    }

    /** Adds the next change, unless it is too heavy; returns whether there is room for more. */
    boolean add(Change change) {
        requireNext(change.revision());
        weight += change.weightBytes();
        full = weight > weightMax && !changes.isEmpty();
        if (!full) {
            changes.add(change);
            last = change.revision();
        }
        return !full;
    }

    /** What was gathered, when the log had no more. */
    List<Change> changes() {
        if (!full && last < through) {
            throw missing();
        }
        return changes;
    }

    private void requireNext(long revision) {
        if (revision != last + 1) {
            throw missing();
        }
    }

    private StorageException missing() {
        return new StorageException(
                Kind.DAMAGED, "Revision " + (last + 1) + " is missing in table log.", null);
    }
}
