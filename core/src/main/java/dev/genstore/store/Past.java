package dev.genstore.store;

import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;

/**
 * An earlier state of a {@link Snapshot}. It is not kept, but found by taking back what the log says
 * of the changes since.
 *
 * <p>Confined to the call that got it.
 */
public interface Past {
    /**
     * The resource as it was, or null when it was not there.
     *
     * @throws dev.genstore.resource.Problem 400 {@code too-far-back} when it has changed more since
     *     than the bounds allow; 410 {@code history-gone} when a change of it since is cut
     */
    @Nullable Resource find(String collection, String id);

    /**
     * A collection's resources that a filter lets through, as they were, in an order.
     *
     * @throws dev.genstore.resource.Problem 400 {@code too-far-back} when more has changed since than
     *     the bounds allow; 410 {@code history-gone} when a change in the collection since is cut; or
     *     what {@link Snapshot#list} throws
     */
    ListPage list(ListQuery query);

    /**
     * How much of the log one reading may look through.
     *
     * @param changesMax how many changes
     * @param weightMax about how many bytes they may have, of those that are about what is read
     */
    record Bounds(int changesMax, long weightMax) {
        /** There are none. */
        public static final Bounds NONE = new Bounds(Integer.MAX_VALUE, Long.MAX_VALUE);
    }
}
