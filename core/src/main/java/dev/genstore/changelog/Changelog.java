package dev.genstore.changelog;

import dev.genstore.resource.Change;
import dev.genstore.resource.CutChange;
import dev.genstore.resource.LogEntry;
import dev.genstore.store.CommitListener;
import dev.genstore.store.Snapshot;
import dev.genstore.store.Storage;
import dev.genstore.store.StorageException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The durable log, for any number of readers, each of which keeps its own position. What is recent
 * comes from memory; older parts come from the storage; nothing above {@link #head} is ever given.
 *
 * <p>Thread-safe: the writer thread adds, everybody reads without locks.
 */
public final class Changelog implements CommitListener {
    private final Storage storage;
    private final RecentChanges recent;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /**
     * How much of the log is kept in memory.
     *
     * @param countMax how many changes, a power of two
     * @param weightMax how many bytes they may take together
     */
    public record Memory(int countMax, long weightMax) {
        /** 65,536 changes and 64 MiB. */
        public static final Memory DEFAULT = new Memory(1 << 16, 64L << 20);
    }

    public Changelog(Storage storage, Memory memory) {
        this.storage = storage;
        this.recent = new RecentChanges(
                storage.read(Snapshot::head), memory.countMax(), memory.weightMax());
    }

    /** The name of this history. */
    public String epoch() {
        return storage.epoch();
    }

    /** The storage that the older parts come from. */
    public Storage storage() {
        return storage;
    }

    /** The last revision that readers can get. */
    public long head() {
        return recent.head();
    }

    /** Has {@code listener} called, on the writer thread, whenever the head has risen. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void committed(List<Change> changes) {
        changes.forEach(recent::add);
        listeners.forEach(Runnable::run);
    }

    /**
     * The changes directly behind a revision.
     *
     * @param revision at most the head
     * @param countMax how many at most
     * @param weightMax how many bytes of them, if they come from the storage; one comes at least
     * @throws dev.genstore.store.StorageException when they can't be read or are damaged
     */
    public Reading after(long revision, int countMax, long weightMax) {
        List<Change> changes = recent.after(revision, countMax);
        if (changes != null) {
            return new Reading.Changes(changes);
        }
        int countBelowHead = (int) Math.min(countMax, head() - revision);
        return storage.read(snapshot -> older(snapshot, revision, countBelowHead, weightMax));
    }

    private static Reading older(Snapshot snapshot, long revision, int countMax, long weightMax) {
        if (revision < snapshot.horizon()) {
            return new Reading.Gone();
        }
        List<LogEntry> entries = snapshot.log(revision, countMax, weightMax);
        if (entries.isEmpty()) {
            throw new StorageException(
                    StorageException.Kind.DAMAGED,
                    "The log ends at " + revision + ", but more was committed.",
                    null);
        }
        return reading(entries);
    }

    private static Reading reading(List<LogEntry> entries) {
        List<Change> changes = new ArrayList<>(entries.size());
        for (LogEntry entry : entries) {
            switch (entry) {
                case Change change -> changes.add(change);
                case CutChange ignored -> {
                    return new Reading.PartlyCut(entries);
                }
            }
        }
        return new Reading.Changes(changes);
    }
}
