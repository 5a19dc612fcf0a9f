package dev.genstore.query;

import java.util.List;
import java.util.Objects;

/**
 * Where a resource stands in an order, whether it is still there or not.
 *
 * <p>Immutable.
 *
 * @param values what it is sorted by, one for each key of the {@link Sort}
 * @param id which decides when the values do not
 */
public record Place(List<SortValue> values, String id) {
    public Place {
        values = List.copyOf(values);
        Objects.requireNonNull(id, "id");
    }

    /** The place of an id in the order of ids. */
    public static Place ofId(String id) {
        return new Place(List.of(), id);
    }
}
