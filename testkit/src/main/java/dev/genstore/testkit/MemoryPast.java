package dev.genstore.testkit;

import dev.genstore.resource.Change;
import dev.genstore.resource.CutChange;
import dev.genstore.resource.LogEntry;
import dev.genstore.resource.Resource;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.LookBack;
import dev.genstore.store.Past;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Takes all changes back, one after another. What was there before one that is cut is not known, and
 * nothing is told that depends on it.
 */
final class MemoryPast implements Past {
    private final NavigableMap<Long, LogEntry> since;
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

    private void takeBack(LogEntry entry) {
        if (entry instanceof Change change) {
            takeBack(change);
        }
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
        chain(collection, id).reversed().forEach(back::look);
        return resources.get(new MemoryTables.Key(collection, id));
    }

    private List<LogEntry> chain(String collection, String id) {
        List<LogEntry> chain = new ArrayList<>();
        for (LogEntry entry : since.values()) {
            if (entry.collection().equals(collection) && entry.id().equals(id)) {
                chain.add(entry);
                if (entry.kind() == Change.Kind.DELETED) {
                    break;
                }
            }
        }
        return chain;
    }

    @Override
    public ListPage list(ListQuery query) {
        var back = new LookBack(bounds);
        back.require(since.size());
        since.descendingMap().values().stream()
                .filter(entry -> entry.collection().equals(query.collection()))
                .filter(this::isFirst)
                .forEach(back::look);
        Collection<Resource> all = resources.values();
        return MemoryList.page(all, query);
    }

    /** Whether it is the first of its resource, or may be. */
    private boolean isFirst(LogEntry entry) {
        return switch (entry) {
            case Change change -> {
                Resource before = change.before();
                yield before != null && before.revision() <= revision;
            }
            case CutChange ignored -> true;
        };
    }
}
