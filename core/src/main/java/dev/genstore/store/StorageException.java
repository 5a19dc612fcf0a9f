package dev.genstore.store;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import org.jspecify.annotations.Nullable;

/** A failure of the database, as far as somebody can do something about it. Immutable. */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String RETRY_AFTER_SECONDS = "5";

    private final Kind kind;

    /** What failed. */
    public enum Kind {
        /** There is no space left. */
        FULL,
        /** The disk or the database does not answer as it should. */
        UNAVAILABLE,
        /** A checksum or the sequence does not fit. */
        DAMAGED
    }

    public StorageException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What the client is told; the details are for the log. */
    public Problem problem() {
        return switch (kind) {
            case FULL ->
                ProblemType.STORAGE_FULL.because(
                        "The disk is full: nothing was written. Free some space.");
            case UNAVAILABLE ->
                ProblemType.STORAGE_UNAVAILABLE
                        .because(
                                "The storage does not answer; read the resource before you repeat a write.")
                        .with("Retry-After", RETRY_AFTER_SECONDS);
            case DAMAGED ->
                ProblemType.DAMAGED.because(
                        "Stored data is damaged and is not shown; see the log.");
        };
    }
}
