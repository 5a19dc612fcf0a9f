package dev.genstore.sqlite;

import dev.genstore.store.StorageException;
import dev.genstore.store.StorageException.Kind;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;

/**
 * Keeps the write-ahead log from growing without end. SQLite begins it anew only at a moment when
 * nobody reads from it, and readers that overlap all the time leave no such moment. When it has
 * grown past a bound, the writer waits for the readers that are there; later ones read from the
 * database itself and are not in the way.
 *
 * <p>Confined to the writer thread.
 */
final class WalBound {
    /** Where it should end: four times what a checkpoint lets gather. */
    static final long BYTES_MAX = 64L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(WalBound.class);

    private final DatabaseFile file;
    private final long bytesMax;
    private long nextBytes;

    WalBound(DatabaseFile file, long bytesMax) {
        this.file = file;
        this.bytesMax = bytesMax;
        this.nextBytes = bytesMax;
    }

    /** Called after each commit, which nothing that fails here can undo. */
    void keep(Session writer) {
        try {
            if (walBytes() > nextBytes) {
                restart(writer);
            }
        } catch (StorageException failure) {
            LOG.error("The write-ahead log of {} can't be kept short", file.path(), failure);
        }
    }

    /** When readers do not end in time, the next try is when it has grown by as much again. */
    private void restart(Session writer) {
        writer.number("PRAGMA wal_checkpoint(TRUNCATE)");
        long left = walBytes();
        nextBytes = left + bytesMax;
        if (left > 0) {
            LOG.warn("A read keeps the write-ahead log of {} at {} bytes", file.path(), left);
        }
    }

    private long walBytes() {
        try {
            return Files.size(file.wal());
        } catch (IOException failure) {
            throw new StorageException(
                    Kind.UNAVAILABLE, file.wal() + " can't be measured: " + failure, failure);
        }
    }
}
