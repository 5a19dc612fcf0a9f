package dev.genstore.hub;

import dev.genstore.resource.Position;

/** Where a watcher begins. */
public sealed interface Start {
    /** Behind everything that has happened so far. */
    record Now() implements Start {}

    /** Behind this position, which may turn out to be unknown. */
    record After(Position position) implements Start {}

    /**
     * Behind everything that had been made at a time.
     *
     * @param timeMillis milliseconds since 1970 UTC; one that has not come means from now on
     */
    record AfterTime(long timeMillis) implements Start {}
}
