package dev.genstore.store;

import org.jspecify.annotations.Nullable;

/**
 * What {@link Ledger#workOnIndexes} did.
 *
 * <p>Immutable.
 *
 * @param mayHaveMore whether there may be more to do
 * @param collection of which it has begun an index or made one whole, or null
 */
public record IndexStep(boolean mayHaveMore, @Nullable String collection) {
    /** There was nothing to do. */
    public static final IndexStep NOTHING = new IndexStep(false, null);
}
