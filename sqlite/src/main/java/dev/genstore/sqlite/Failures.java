package dev.genstore.sqlite;

import dev.genstore.store.StorageException;
import dev.genstore.store.StorageException.Kind;

import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

import java.nio.file.Path;
import java.sql.SQLException;

/** Says what a failure of SQLite means to a caller of the storage. */
final class Failures {
    /** An extended result code has its kind in the lowest byte. */
    private static final int PRIMARY = 0xff;

    private Failures() {}

    /**
     * What to throw for this failure.
     *
     * @return {@link IllegalArgumentException} when SQLite refused the values and did nothing else,
     *     {@link Ended} when it was told to end, and {@link StorageException} for all the rest
     */
    static RuntimeException of(SQLException failure, Path file) {
        return switch (code(failure)) {
            case SQLITE_CONSTRAINT, SQLITE_TOOBIG, SQLITE_MISMATCH ->
                new IllegalArgumentException("the change does not fit what is stored", failure);
            case SQLITE_INTERRUPT -> new Ended();
            case SQLITE_FULL ->
                new StorageException(Kind.FULL, "There is no space left for " + file, failure);
            case SQLITE_CORRUPT, SQLITE_NOTADB -> damaged(file, failure);
            default -> isMalformed(failure) ? damaged(file, failure) : unavailable(file, failure);
        };
    }

    /** A row whose content is not what was written. */
    static StorageException damaged(String place) {
        return new StorageException(
                Kind.DAMAGED,
                place + " is damaged: its checksum does not fit. Restore the folder from a backup.",
                null);
    }

    private static StorageException damaged(Path file, SQLException failure) {
        return new StorageException(
                Kind.DAMAGED,
                "The database " + file
                        + " is damaged; restore the folder from a backup. SQLite says: "
                        + failure.getMessage(),
                failure);
    }

    private static StorageException unavailable(Path file, SQLException failure) {
        return new StorageException(
                Kind.UNAVAILABLE,
                "The database " + file + " does not answer: " + failure.getMessage(),
                failure);
    }

    /** What SQLite says of a body that is no JSON: only sound JSON is ever written. */
    private static boolean isMalformed(SQLException failure) {
        return String.valueOf(failure.getMessage()).contains("malformed JSON");
    }

    private static SQLiteErrorCode code(SQLException failure) {
        return failure instanceof SQLiteException known
                ? SQLiteErrorCode.getErrorCode(known.getResultCode().code & PRIMARY)
                : SQLiteErrorCode.UNKNOWN_ERROR;
    }
}
