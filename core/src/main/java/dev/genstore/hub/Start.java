package dev.genstore.hub;

import dev.genstore.resource.Position;

import org.jspecify.annotations.Nullable;

/** Where a watcher begins. */
public sealed interface Start {
    /** Behind everything that has happened so far. */
    record Now() implements Start {}

    /** Behind this position, which may turn out to be unknown. */
    record After(Position position) implements Start {}

    /**
     * Behind the first of the two things that one change does to a live window, for one who was cut off
     * between them.
     *
     * @param position the one before that change
     */
    record Between(Position position) implements Start {
        /** The one that this id stands for, or null when it is none of the first of two. */
        public static @Nullable Between parse(String id) {
            if (!id.endsWith(EventEncoder.BETWEEN)) {
                return null;
            }
            int end = id.length() - EventEncoder.BETWEEN.length();
            Position position = Position.parse(id.substring(0, end));
            return position == null ? null : new Between(position);
        }
    }

    /**
     * Anew: what it had been told is another view than the one that it gets now.
     *
     * @param position where it stood
     */
    record Anew(Position position) implements Start {}

    /**
     * Behind everything that had been made at a time.
     *
     * @param timeMillis milliseconds since 1970 UTC; one that has not come means from now on
     */
    record AfterTime(long timeMillis) implements Start {}
}
