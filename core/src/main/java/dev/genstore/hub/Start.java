package dev.genstore.hub;

import dev.genstore.resource.Position;

/** Where a watcher begins. */
public sealed interface Start {
    /** Behind everything that has happened so far. */
    record Now() implements Start {}

    /** Behind this position, which may turn out to be unknown. */
    record After(Position position) implements Start {}
}
