package dev.genstore.checks.crash;

import org.jspecify.annotations.Nullable;

/**
 * A write that was tried, and what is known of it.
 *
 * <p>Immutable.
 *
 * @param name the write's name, which it carries as {@code Request-Id}
 * @param method its method
 * @param resource the path of the resource; the collection's where the server names the resource
 * @param status the answer's status, 0 when there was none
 * @param position the answer's ETag without its quotes, or null
 * @param answer the answer's content, or why there was none
 */
record Attempt(
        String name,
        String method,
        String resource,
        int status,
        @Nullable String position,
        String answer) {
    private static final int UNAVAILABLE = 503;

    /** Answered with success: it happened, and its revision is known. */
    boolean isAcknowledged() {
        return status >= 200 && status < 300;
    }

    /** Answered with a failure that says that nothing was written. */
    boolean isRefused() {
        return status >= 400 && status != UNAVAILABLE;
    }

    @Override
    public String toString() {
        String detail = isAcknowledged() ? "" : ": " + answer;
        return method + ' ' + resource + " by " + name + " (answered " + status + detail + ')';
    }
}
