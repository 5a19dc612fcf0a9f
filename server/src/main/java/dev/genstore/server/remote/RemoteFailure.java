package dev.genstore.server.remote;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/**
 * A request that was not done. The message is what the user is shown: what is wrong and what to do.
 *
 * <p>Immutable.
 */
public final class RemoteFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final int status;
    private final @Nullable Duration retryAfter;

    /** What scripts may want to tell apart. */
    public enum Kind {
        /** The server refuses it for a reason that is none of the others. */
        REFUSED,
        /** There is no such resource. */
        MISSING,
        /** It is not as the request wants it to be. */
        CONFLICT,
        /** Whoever asks may not. */
        NOT_ALLOWED,
        /** There is no server, or it can't answer now: it may go well later. */
        UNAVAILABLE
    }

    RemoteFailure(
            Kind kind,
            int status,
            String message,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
        this.kind = kind;
        this.status = status;
    }

    /** The same, told in other words. */
    public RemoteFailure saying(String message) {
        return new RemoteFailure(kind, status, message, retryAfter, this);
    }

    public Kind kind() {
        return kind;
    }

    /** The status of the answer, or 0 when there was none. */
    public int status() {
        return status;
    }

    /** How long the server wants to be left alone; nothing when it does not say. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Whether the server is well, and whoever asks has asked too often. */
    public boolean isTooOften() {
        return status == 429;
    }
}
