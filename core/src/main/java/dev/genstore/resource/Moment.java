package dev.genstore.resource;

import org.jspecify.annotations.Nullable;

/**
 * A point in the history of a store, as a client names it: by a position, or by a time.
 *
 * <p>Immutable.
 */
public sealed interface Moment {
    /** Behind this change. */
    record AtPosition(Position position) implements Moment {}

    /**
     * Behind all that had been made by then.
     *
     * @param timeMillis milliseconds since 1970 UTC
     */
    record AtTime(long timeMillis) implements Moment {}

    /**
     * The moment that {@code text} names, a position or a time as RFC 3339 has it; null when it has
     * the form of neither.
     */
    static @Nullable Moment parse(String text) {
        Position position = Position.parse(text);
        if (position != null) {
            return new AtPosition(position);
        }
        Long timeMillis = Timestamps.millis(text);
        return timeMillis == null ? null : new AtTime(timeMillis);
    }
}
