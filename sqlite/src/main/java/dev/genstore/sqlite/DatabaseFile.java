package dev.genstore.sqlite;

import dev.genstore.store.StorageException;
import dev.genstore.store.StorageException.Kind;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The file of a database, {@code genstore.db}, with its write-ahead log beside it.
 *
 * <p>Immutable.
 *
 * @param path where it is
 */
record DatabaseFile(Path path) {
    /** "GSTR": tells a store from the databases of other programs. */
    static final int APPLICATION_ID = 0x47535452;

    /** A checkpoint moves the write-ahead log into the database when it has this many pages: 16 MB. */
    private static final int CHECKPOINT_PAGES = 4_000;

    /** The write-ahead log's file is not kept longer than this: 64 MB. */
    private static final long WAL_KEPT_BYTES = 64L << 20;

    private static final String MAGIC = "SQLite format 3\0";
    private static final int HEADER_BYTES = 100;
    private static final int APPLICATION_ID_AT = 68;

    /** How long a connection waits for another one. */
    static final int BUSY_MILLIS = 5_000;

    private static final List<String> OF_ALL =
            List.of("busy_timeout = " + BUSY_MILLIS, "cell_size_check = ON", "temp_store = MEMORY");

    /** FULL syncs each commit; without the other two, a Mac's disk would keep it in its own memory. */
    private static final List<String> OF_WRITER = List.of(
            "journal_mode = WAL",
            "synchronous = FULL",
            "fullfsync = ON",
            "checkpoint_fullfsync = ON",
            "wal_autocheckpoint = " + CHECKPOINT_PAGES,
            "journal_size_limit = " + WAL_KEPT_BYTES,
            "cache_size = -65536");

    private static final List<String> OF_READER = List.of("cache_size = -8192");

    static DatabaseFile in(Path folder) {
        return new DatabaseFile(folder.resolve("genstore.db"));
    }

    /** The write-ahead log's file. */
    Path wal() {
        return path.resolveSibling(path.getFileName() + "-wal");
    }

    /** By which those who have it open know what is where in the write-ahead log. */
    private Path shm() {
        return path.resolveSibling(path.getFileName() + "-shm");
    }

    /** Deletes it where it is, with what SQLite may have left beside it. */
    void delete() throws IOException {
        Files.deleteIfExists(path);
        Files.deleteIfExists(wal());
        Files.deleteIfExists(shm());
    }

    /**
     * Opens it for the one who writes. What the write-ahead log has is checked, moved into the
     * database and synced first: it may be what an earlier connection could not sync, in which case it
     * is only in the memory of the operating system, and nobody must be told of it yet.
     */
    Session openWriter() {
        WalCheck.require(this);
        Session session = open(false, OF_WRITER);
        try {
            checkpoint(session);
            return session;
        } catch (RuntimeException failure) {
            session.close();
            throw failure;
        }
    }

    /** Opens it for a write beside those of {@link #openWriter}, which has it open and waits meanwhile. */
    Session openBeside() {
        return open(false, OF_WRITER);
    }

    /** Opens it for one of those who read. */
    Session openReader() {
        return open(true, OF_READER);
    }

    /**
     * Makes sure that there is one.
     *
     * @throws StorageException when there is none
     */
    void requireThere() {
        if (Files.notExists(path)) {
            throw new StorageException(
                    Kind.UNAVAILABLE, "There is no store: " + path + " does not exist.", null);
        }
    }

    /**
     * Looks at the file before SQLite does, to say plainly what is wrong with it.
     *
     * @throws StorageException when it can't be a store
     */
    void requireStore() {
        ByteBuffer header = ByteBuffer.wrap(header());
        if (header.capacity() < HEADER_BYTES) {
            throw damaged("has only " + header.capacity() + " bytes");
        }
        String magic = new String(header.array(), 0, MAGIC.length(), StandardCharsets.ISO_8859_1);
        if (!magic.equals(MAGIC)) {
            throw damaged("is not a database of SQLite");
        }
        if (lostItsWal()) {
            throw damaged("has lost its -wal, and the last writes with it");
        }
        if (header.getInt(APPLICATION_ID_AT) != APPLICATION_ID) {
            throw new StorageException(
                    Kind.UNAVAILABLE,
                    path + " belongs to another program; choose another folder.",
                    null);
        }
    }

    /** SQLite makes the -wal before the -shm and deletes it behind it: there is no -shm alone. */
    private boolean lostItsWal() {
        return Files.exists(shm()) && Files.notExists(wal());
    }

    private Session open(boolean readOnly, List<String> more) {
        Session session = Session.open(path, readOnly);
        try {
            OF_ALL.forEach(pragma -> session.script("PRAGMA " + pragma));
            more.forEach(pragma -> session.script("PRAGMA " + pragma));
            return session;
        } catch (RuntimeException failure) {
            session.close();
            throw failure;
        }
    }

    private void checkpoint(Session session) {
        if (session.number("PRAGMA wal_checkpoint(TRUNCATE)") != 0) {
            throw new StorageException(
                    Kind.UNAVAILABLE, path + " is busy and can't be checkpointed.", null);
        }
    }

    private byte[] header() {
        try (var in = Files.newInputStream(path)) {
            return in.readNBytes(HEADER_BYTES);
        } catch (IOException failure) {
            throw new StorageException(
                    Kind.UNAVAILABLE, path + " can't be read: " + failure, failure);
        }
    }

    private StorageException damaged(String how) {
        return new StorageException(
                Kind.DAMAGED, path + " " + how + "; restore the folder from a backup.", null);
    }
}
