package dev.genstore.query;

import java.util.Objects;

/**
 * The first so many of an order: what {@code sort} and {@code limit} leave of a list.
 *
 * <p>Immutable.
 *
 * @param sort which come first
 * @param limit how many there are at most
 */
public record Top(Sort sort, int limit) {
    /** How many may be asked for. */
    public static final int LIMIT_MAX = 1_000;

    public Top {
        Objects.requireNonNull(sort, "sort");
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException(
                    "limit is not from 1 to " + LIMIT_MAX + ": " + limit);
        }
    }
}
