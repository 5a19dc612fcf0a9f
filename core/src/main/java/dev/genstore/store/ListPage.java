package dev.genstore.store;

import dev.genstore.query.Place;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What was found for a {@link ListQuery}.
 *
 * <p>Immutable.
 *
 * @param resources in order
 * @param scanned how many resources were looked at to find them
 * @param next behind which place to go on; null when there are no more. When reading ended at its
 *     bound there may or may not be more
 */
public record ListPage(
        List<Resource> resources, long scanned, @Nullable Place next) {
    public ListPage {
        resources = List.copyOf(resources);
    }
}
