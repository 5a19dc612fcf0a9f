package dev.genstore.query;

import dev.genstore.resource.Target;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * What a URL shows: those resources of a target that a filter lets through, perhaps only the first of
 * them, and what of them.
 *
 * <p>Immutable.
 *
 * @param top which of them, where that is not all; then the target is a collection
 */
public record Selection(
        Target target,
        Filter filter,
        Fields fields,
        @Nullable Top top) {
    public Selection {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(fields, "fields");
        if (top != null && !(target instanceof Target.InCollection)) {
            throw new IllegalArgumentException("only a collection has an order: " + target);
        }
    }

    /** All that the filter lets through. */
    public Selection(Target target, Filter filter, Fields fields) {
        this(target, filter, fields, null);
    }

    /** All of a target. */
    public static Selection of(Target target) {
        return new Selection(target, Filter.ALL, Fields.ALL);
    }

    /**
     * Whether who was not told of a change of this resource may have missed something that is shown
     * here. Where only what a filter lets through is shown of one resource, that is so for each of its
     * collection: if it went by the id, it would tell whether there is one that he may not see.
     */
    public boolean mayMiss(String collection, String id) {
        return filter.isAll()
                ? target.covers(collection, id)
                : isNear(collection) && !filter.isNoneIn(collection);
    }

    private boolean isNear(String collection) {
        return switch (target) {
            case Target.Everything ignored -> true;
            case Target.InCollection in -> in.collection().equals(collection);
            case Target.Single single -> single.collection().equals(collection);
        };
    }

    /** Of this only what a filter lets through, too. */
    public Selection through(Filter seen) {
        return seen.isAll() ? this : new Selection(target, filter.and(seen), fields, top);
    }

    /** All of them, not only the first. */
    public Selection whole() {
        return new Selection(target, filter, fields);
    }

    /** Only the first of them. */
    public Selection first(Top those) {
        return new Selection(target, filter, fields, those);
    }
}
