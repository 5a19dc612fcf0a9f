package dev.genstore.store;

import dev.genstore.query.Filter;
import dev.genstore.query.Place;
import dev.genstore.query.Sort;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * Which resources of a collection to read, and how much of them.
 *
 * <p>Immutable.
 *
 * @param after the place behind which to begin; null for the first
 */
public record ListQuery(
        String collection,
        Filter filter,
        Sort sort,
        @Nullable Place after,
        Bounds bounds) {
    /**
     * Where reading ends. It also ends when there is nothing more.
     *
     * @param countMax how many resources are found at most
     * @param weightMax no further one is taken once their {@link
     *     dev.genstore.resource.Resource#weightBytes} add up to this; one always is
     * @param scanMax how many resources are looked at one by one
     * @param sortMax how many may be sorted where no index has the order
     */
    public record Bounds(int countMax, long weightMax, int scanMax, int sortMax) {
        /** There are none. */
        public static final Bounds NONE =
                new Bounds(Integer.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

        public Bounds {
            if (countMax < 1 || scanMax < 1 || sortMax < 0) {
                throw new IllegalArgumentException(
                        "bounds must let something be read: " + countMax + ", " + scanMax);
            }
        }
    }

    public ListQuery {
        Objects.requireNonNull(collection, "collection");
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(sort, "sort");
        Objects.requireNonNull(bounds, "bounds");
        if (after != null && after.values().size() != sort.keys().size()) {
            throw new IllegalArgumentException("after is no place in this order: " + after);
        }
    }

    /** The whole collection in order of id. */
    public static ListQuery of(String collection) {
        return new ListQuery(collection, Filter.ALL, Sort.BY_ID, null, Bounds.NONE);
    }

    /** Those that the filter lets through, in that order. */
    public ListQuery with(Filter those, Sort order) {
        return new ListQuery(collection, those, order, null, bounds);
    }

    public ListQuery after(@Nullable Place place) {
        return new ListQuery(collection, filter, sort, place, bounds);
    }

    public ListQuery within(Bounds those) {
        return new ListQuery(collection, filter, sort, after, those);
    }

    /** With so many resources at most, and no further one once they weigh as much. */
    public ListQuery upTo(int countMax, long weightMax) {
        return within(new Bounds(countMax, weightMax, bounds.scanMax, bounds.sortMax));
    }
}
