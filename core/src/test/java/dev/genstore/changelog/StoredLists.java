package dev.genstore.changelog;

import dev.genstore.query.Place;
import dev.genstore.resource.Change;
import dev.genstore.resource.CutChange;
import dev.genstore.resource.LogEntry;
import dev.genstore.resource.Resource;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.LookBack;
import dev.genstore.store.Past;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The lists of a {@link StoredLog} as they were, with all changes since taken back. */
final class StoredLists implements Past {
    private final Map<String, Resource> resources;
    private final List<LogEntry> since;
    private final Bounds bounds;

    StoredLists(Map<String, Resource> present, List<LogEntry> since, Bounds bounds) {
        this.resources = new TreeMap<>(present);
        this.since = since;
        this.bounds = bounds;
        since.reversed().forEach(this::takeBack);
    }

    private void takeBack(LogEntry entry) {
        if (entry instanceof Change change) {
            takeBack(change);
        }
    }

    private void takeBack(Change change) {
        String path = change.collection() + '/' + change.id();
        Resource before = change.before();
        if (before == null) {
            resources.remove(path);
        } else {
            resources.put(path, before);
        }
    }

    @Override
    public @Nullable Resource find(String collection, String id) {
        return resources.get(collection + '/' + id);
    }

    @Override
    public ListPage list(ListQuery query) {
        var back = new LookBack(bounds);
        back.require(since.size());
        since.stream()
                .filter(entry -> entry.collection().equals(query.collection()))
                .filter(CutChange.class::isInstance)
                .forEach(back::look);
        return page(resources.values(), query);
    }

    /** Those that a query finds among some. */
    static ListPage page(Collection<Resource> among, ListQuery query) {
        Comparator<Place> order = query.sort().order();
        Place after = query.after();
        List<Resource> found = among.stream()
                .filter(each -> each.collection().equals(query.collection()))
                .filter(query.filter()::matches)
                .filter(each -> after == null || order.compare(query.sort().place(each), after) > 0)
                .sorted(Comparator.comparing(query.sort()::place, order))
                .toList();
        int count = query.bounds().countMax();
        return found.size() <= count
                ? new ListPage(found, found.size(), null)
                : new ListPage(
                        found.subList(0, count), count, query.sort().place(found.get(count - 1)));
    }
}
