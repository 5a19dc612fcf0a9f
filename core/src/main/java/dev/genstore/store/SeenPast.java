package dev.genstore.store;

import dev.genstore.query.Filter;
import dev.genstore.resource.Problem;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;

/**
 * An earlier state as somebody sees it. That a resource can't be had any more as it was is told to
 * those who see it as it is; to all others it is one that never was there.
 *
 * @param whole the state
 * @param now the present state as he sees it
 */
record SeenPast(Past whole, SeenSnapshot now) implements Past {
    @Override
    public @Nullable Resource find(String collection, String id) {
        Filter seen = now.seen(collection);
        try {
            Resource found = seen.isNone() ? null : whole.find(collection, id);
            return found != null && seen.matches(found) ? found : null;
        } catch (Problem | StorageException lost) {
            if (now.find(collection, id) == null) {
                return null;
            }
            throw lost;
        }
    }

    @Override
    public ListPage list(ListQuery query) {
        return SeenLists.read(query, now.seen(query.collection()), whole::list);
    }
}
