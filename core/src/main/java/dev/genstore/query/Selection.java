package dev.genstore.query;

import dev.genstore.resource.Target;

import java.util.Objects;

/**
 * What a URL shows: those resources of a target that a filter lets through, and what of them.
 *
 * <p>Immutable.
 */
public record Selection(Target target, Filter filter, Fields fields) {
    public Selection {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(fields, "fields");
    }

    /** All of a target. */
    public static Selection of(Target target) {
        return new Selection(target, Filter.ALL, Fields.ALL);
    }
}
