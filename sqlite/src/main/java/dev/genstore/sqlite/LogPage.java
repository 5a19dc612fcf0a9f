package dev.genstore.sqlite;

import dev.genstore.resource.LogEntry;
import dev.genstore.store.StorageException;
import dev.genstore.store.StorageException.Kind;

import java.util.ArrayList;
import java.util.List;

/**
 * Gathers the log's entries up to a weight and sees to it that none is missing.
 *
 * <p>Confined to one read.
 */
final class LogPage {
    private final List<LogEntry> entries = new ArrayList<>();
    private final long through;
    private final long weightMax;
    private long last;
    private long weight;
    private boolean full;

    /** A page of the changes above {@code after} up to {@code through}. */
    LogPage(long after, long through, long weightMax) {
        this.last = after;
        this.through = through;
        this.weightMax = weightMax;
    }

    /** Adds the next one, unless it is too heavy; returns whether there is room for more. */
    boolean add(LogEntry entry) {
        requireNext(entry.revision());
        weight += entry.weightBytes();
        full = weight > weightMax && !entries.isEmpty();
        if (!full) {
            entries.add(entry);
            last = entry.revision();
        }
        return !full;
    }

    /** What was gathered, when the log had no more. */
    List<LogEntry> entries() {
        if (!full && last < through) {
            throw missing();
        }
        return entries;
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
