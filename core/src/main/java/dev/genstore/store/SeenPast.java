package dev.genstore.store;

import dev.genstore.query.Filter;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/**
 * An earlier state as somebody sees it.
 *
 * @param whole the state
 * @param seen what he sees of a collection
 */
record SeenPast(Past whole, Function<String, Filter> seen) implements Past {
    @Override
    public @Nullable Resource find(String collection, String id) {
        Resource found = whole.find(collection, id);
        return found != null && seen.apply(collection).matches(found) ? found : null;
    }

    @Override
    public ListPage list(ListQuery query) {
        return SeenLists.read(query, seen.apply(query.collection()), whole::list);
    }
}
