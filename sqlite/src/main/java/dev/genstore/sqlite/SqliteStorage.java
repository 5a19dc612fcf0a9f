package dev.genstore.sqlite;

import dev.genstore.store.Ledger;
import dev.genstore.store.Snapshot;
import dev.genstore.store.Storage;
import dev.genstore.store.StorageException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The store in a folder, in a database of SQLite. A commit is synced to the disk before it is told;
 * every row has a checksum that is looked at whenever the row is read.
 *
 * <p>The folder is locked while the storage is open, so no second one, in this process or another,
 * can write into the same history. Thread-safe, except for {@link #ledger()}.
 */
public final class SqliteStorage implements Storage {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteStorage.class);

    private final FolderLock lock;
    private final String epoch;
    private final SqliteLedger ledger;
    private final ReaderPool readers;
    private volatile boolean wasLocked;

    /**
     * How a storage is opened.
     *
     * @param quickReaders how many reads that take a moment run at the same time; others wait for one
     *     of them to end
     * @param slowReaders the same of those that take long; they have the processor to themselves only
     *     where it has more cores
     * @param random makes the epoch of a new store
     */
    public record Options(int quickReaders, int slowReaders, RandomGenerator random) {
        private static final int QUICK_READERS = 3;

        private static final int SLOW_READERS_MAX = 3;

        /** Three quick readers, a slow one for two cores, and secure random numbers. */
        public static final Options DEFAULT =
                new Options(QUICK_READERS, halfOfTheCores(), new SecureRandom());

        public Options {
            if (quickReaders < 1 || slowReaders < 1) {
                throw new IllegalArgumentException(
                        "there must be at least one reader of each kind: " + quickReaders + ", "
                                + slowReaders);
            }
        }

        private static int halfOfTheCores() {
            int cores = Runtime.getRuntime().availableProcessors();
            return Math.clamp(cores / 2, 1, SLOW_READERS_MAX);
        }
    }

    private SqliteStorage(
            FolderLock lock,
            String epoch,
            SqliteLedger ledger,
            ReaderPool readers,
            boolean wasLocked) {
        this.lock = lock;
        this.epoch = epoch;
        this.ledger = ledger;
        this.readers = readers;
        this.wasLocked = wasLocked;
    }

    /**
     * Opens the store in this folder; makes folder and store when they do not exist.
     *
     * @throws StorageException with a sentence for the operator, when the folder is in use, is not a
     *     store of this version, or is damaged
     */
    public static SqliteStorage open(Path folder, Options options) {
        return open(folder, options, WalBound.BYTES_MAX);
    }

    static SqliteStorage open(Path folder, Options options, long walBytesMax) {
        FolderLock lock = FolderLock.take(folder);
        try {
            NativeLibrary.load();
            return open(lock, options, walBytesMax);
        } catch (RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public <T extends @Nullable Object> T read(Function<Snapshot, T> reading) {
        return readers.read(reading);
    }

    @Override
    public <T extends @Nullable Object> T readLong(Function<Snapshot, T> reading) {
        return readers.readLong(reading);
    }

    /** Where it is. */
    public Path folder() {
        return lock.folder();
    }

    /** Whether the store has ever asked for credentials. */
    public boolean wasLocked() {
        return wasLocked;
    }

    /**
     * Notes that the store asks for credentials; behind this it is on the disk. It does not need the
     * {@link #ledger}, which may be at work, so any thread may say it.
     *
     * @throws StorageException when it can't be noted
     */
    public void noteLocked(long timeMillis) {
        if (!wasLocked) {
            try (Session session = DatabaseFile.in(lock.folder()).openBeside()) {
                DoorTable.lock(session, timeMillis);
            }
            wasLocked = true;
        }
    }

    /** Closes it when the writer thread has ended. Reads that have begun are waited for. */
    @Override
    public void close() {
        try (lock;
                ledger;
                readers) {
            LOG.debug("Closing {}", lock.folder());
        }
    }

    /** Lets the database have no more pages than this, as if the disk were that small. */
    void limitPages(int max) {
        ledger.limitPages(max);
    }

    private static SqliteStorage open(FolderLock lock, Options options, long walBytesMax) {
        DatabaseFile file = DatabaseFile.in(lock.folder());
        NewDatabase.ensure(file, options.random());
        file.requireStore();
        Session session = file.openWriter();
        try {
            Migrations.run(session);
            History history = History.read(session);
            Continuity.require(session, history);
            var ledger = new SqliteLedger(
                    file, history.epoch(), session, new WalBound(file, walBytesMax));
            boolean wasLocked = DoorTable.wasLocked(session);
            var readers = new ReaderPool(
                    file, history.epoch(), options.quickReaders(), options.slowReaders());
            return new SqliteStorage(lock, history.epoch(), ledger, readers, wasLocked);
        } catch (RuntimeException failure) {
            session.close();
            throw failure;
        }
    }
}
