package dev.genstore.sqlite;

import dev.genstore.store.StorageException;
import dev.genstore.store.StorageException.Kind;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;

/**
 * Keeps the write-ahead log from growing without end. SQLite begins it anew only at a moment when
 * nobody reads from it, and readers that overlap all the time leave no such moment. When it has
 * grown past a bound, the writer waits for the readers that are there; later ones read from the
 * database itself and are not in the way.
 *
 * <p>A reader that was the oldest one at the last look, too, takes long, as a backup does. For that
 * one nobody waits: the log grows until it has ended.
 *
 * <p>Confined to the writer thread.
 */
final class WalBound {
    /** Where it should end: four times what a checkpoint lets gather. */
    static final long BYTES_MAX = 64L << 20;

    /** What the writer, and with it all who write, may be stopped for. */
    private static final int WAIT_MILLIS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(WalBound.class);

    private final DatabaseFile file;
    private final long bytesMax;
    private final int waitMillis;
    private long nextBytes;

    /** Up to where the oldest reader let it be moved into the database at the last look. */
    private long reached;

    /**
     * How far a checkpoint has come.
     *
     * @param frames how many pages the log has
     * @param moved how many of them are in the database
     */
    private record Checkpoint(long frames, long moved) {}

    WalBound(DatabaseFile file, long bytesMax) {
        this(file, bytesMax, WAIT_MILLIS);
    }

    WalBound(DatabaseFile file, long bytesMax, int waitMillis) {
        this.file = file;
        this.bytesMax = bytesMax;
        this.waitMillis = waitMillis;
        this.nextBytes = next(0);
    }

    /** Called after each commit, which nothing that fails here can undo. */
    void keep(Session writer) {
        try {
            long bytes = walBytes();
            // Behind a long reader SQLite cuts it by itself.
            nextBytes = Math.min(nextBytes, next(bytes));
            if (bytes > nextBytes) {
                look(writer, bytes);
            }
        } catch (StorageException failure) {
            LOG.error("The write-ahead log of {} can't be kept short", file.path(), failure);
        }
    }

    /** The first look is half on the way, so that at the bound it is known who reads for long. */
    private long next(long bytes) {
        if (bytes < bytesMax) {
            return bytes < bytesMax / 2 ? bytesMax / 2 : bytesMax;
        }
        return bytes + bytesMax;
    }

    private void look(Session writer, long bytes) {
        Checkpoint done = checkpoint(writer, "PASSIVE");
        boolean isLong = done.moved < done.frames && done.moved == reached;
        if (bytes > bytesMax && !isLong) {
            done = awaitReaders(writer);
        }
        reached = done.moved;
        long left = walBytes();
        nextBytes = next(left);
        if (left > bytesMax) {
            LOG.warn("A read keeps the write-ahead log of {} at {} bytes", file.path(), left);
        }
    }

    private Checkpoint awaitReaders(Session writer) {
        writer.script("PRAGMA busy_timeout = " + waitMillis);
        try {
            return checkpoint(writer, "TRUNCATE");
        } finally {
            writer.script("PRAGMA busy_timeout = " + DatabaseFile.BUSY_MILLIS);
        }
    }

    private static Checkpoint checkpoint(Session writer, String how) {
        Checkpoint done = writer.first(
                "PRAGMA wal_checkpoint(" + how + ")",
                row -> new Checkpoint(row.getLong(2), row.getLong(3)));
        return Objects.requireNonNull(done);
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
