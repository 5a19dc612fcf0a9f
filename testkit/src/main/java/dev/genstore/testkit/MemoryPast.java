package dev.genstore.testkit;

import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.LookBack;
import dev.genstore.store.Past;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Takes all changes back, one after another. */
final class MemoryPast implements Past {
    private final NavigableMap<Long, Change> since;
    private final NavigableMap<MemoryTables.Key, Resource> resources;
    private final long revision;
    private final Bounds bounds;

    MemoryPast(MemoryTables present, long revision, Bounds bounds) {
        this.since = present.log.tailMap(revision, false);
        this.resources = new TreeMap<>(present.resources);
        this.revision = revision;
        this.bounds = bounds;
        since.descendingMap().values().forEach(this::takeBack);
    }

    private void takeBack(Change change) {
        var key = new MemoryTables.Key(change.collection(), change.id());
        Resource before = change.before();
        if (before == null) {
            resources.remove(key);
        } else {
            resources.put(key, before);
        }
    }

    /** Up to its first deletion: what was made behind that says nothing of what was before. */
    @Override
    public @Nullable Resource find(String collection, String id) {
        var back = new LookBack(bounds);
        for (Change change : since.values()) {
            if (change.collection().equals(collection) && change.id().equals(id)) {
                back.look(change);
                if (change.kind() == Change.Kind.DELETED) {
                    break;
                }
            }
        }
        return resources.get(new MemoryTables.Key(collection, id));
    }

    @Override
    public ListPage list(ListQuery query) {
        var back = new LookBack(bounds);
        back.require(since.size());
        since.values().stream()
                .filter(change -> change.collection().equals(query.collection()))
                .filter(this::isFirst)
                .forEach(back::look);
        Collection<Resource> all = resources.values();
        return MemoryList.page(all, query);
    }

    private boolean isFirst(Change change) {
        Resource before = change.before();
        return before != null && before.revision() <= revision;
    }
}
