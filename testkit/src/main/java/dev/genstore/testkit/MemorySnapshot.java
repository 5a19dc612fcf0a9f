package dev.genstore.testkit;

import dev.genstore.query.Place;
import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;
import dev.genstore.store.CollectionState;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.Snapshot;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A committed state of a {@link MemoryStorage}. Refuses to be used when its read is over. */
final class MemorySnapshot implements Snapshot {
    private final MemoryTables tables;
    private volatile boolean over;

    MemorySnapshot(MemoryTables tables) {
        this.tables = tables;
    }

    void end() {
        over = true;
    }

    @Override
    public long head() {
        return tables().head;
    }

    @Override
    public long headMillis() {
        return tables().headMillis;
    }

    @Override
    public long horizon() {
        return tables().horizon;
    }

    @Override
    public @Nullable Resource find(String collection, String id) {
        return tables().find(collection, id);
    }

    @Override
    public ListPage list(ListQuery query) {
        Comparator<Place> order = query.sort().order();
        Place after = query.after();
        List<Resource> behind = new ArrayList<>();
        inOrder(query).forEach((place, resource) -> {
            if (after == null || order.compare(place, after) > 0) {
                behind.add(resource);
            }
        });
        List<Resource> scanned = behind.stream().limit(query.bounds().scanMax()).toList();
        List<Resource> matching =
                scanned.stream().filter(query.filter()::matches).toList();
        List<Resource> found = upTo(
                query.bounds().weightMax(),
                matching.stream().limit(query.bounds().countMax()));
        return new ListPage(found, scanned.size(), next(query, behind, scanned, matching, found));
    }

    private NavigableMap<Place, Resource> inOrder(ListQuery query) {
        var placed = new TreeMap<Place, Resource>(query.sort().order());
        tables().resources.values().stream()
                .filter(resource -> resource.collection().equals(query.collection()))
                .forEach(resource -> placed.put(query.sort().place(resource), resource));
        return placed;
    }

    private static @Nullable Place next(
            ListQuery query,
            List<Resource> behind,
            List<Resource> scanned,
            List<Resource> matching,
            List<Resource> found) {
        if (found.size() < matching.size()) {
            return query.sort().place(found.getLast());
        }
        return scanned.size() < behind.size() ? query.sort().place(scanned.getLast()) : null;
    }

    @Override
    public List<CollectionState> collections(String afterName, int countMax) {
        return tables().collections.tailMap(afterName, false).values().stream()
                .limit(countMax)
                .toList();
    }

    @Override
    public long lastChange(Target target) {
        return switch (target) {
            case Target.Everything everything -> head();
            case Target.InCollection in -> lastChange(in.collection());
            case Target.Single single -> lastChange(single.collection(), single.id());
        };
    }

    @Override
    public List<Resource> state(
            Target target, long afterRevision, long throughRevision, int countMax, long weightMax) {
        var found = tables().resources.values().stream()
                .filter(resource -> target.covers(resource.collection(), resource.id()))
                .filter(resource -> resource.revision() > afterRevision)
                .filter(resource -> resource.revision() <= throughRevision)
                .sorted(Comparator.comparingLong(Resource::revision))
                .limit(countMax);
        return upTo(weightMax, found);
    }

    @Override
    public List<Change> changes(long afterRevision, int countMax, long weightMax) {
        if (afterRevision < horizon()) {
            throw new IllegalArgumentException(
                    "afterRevision is below the horizon: " + afterRevision + " < " + horizon());
        }
        List<Change> page = new ArrayList<>();
        long weight = 0;
        for (Change change : tables().log.tailMap(afterRevision, false).values()) {
            weight += change.weightBytes();
            if (page.size() == countMax || (weight > weightMax && !page.isEmpty())) {
                return page;
            }
            page.add(change);
        }
        return page;
    }

    private static List<Resource> upTo(long weightMax, Stream<Resource> found) {
        var taken = new ArrayList<Resource>();
        var weight = new AtomicLong();
        found.takeWhile(resource -> taken.isEmpty() || weight.get() < weightMax)
                .forEach(resource -> {
                    taken.add(resource);
                    weight.addAndGet(resource.weightBytes());
                });
        return taken;
    }

    private long lastChange(String collection) {
        CollectionState state = tables().collections.get(collection);
        return state == null ? 0 : state.revision();
    }

    private long lastChange(String collection, String id) {
        Resource resource = find(collection, id);
        return resource == null ? deletion(collection, id) : resource.revision();
    }

    private long deletion(String collection, String id) {
        return tables().log.descendingMap().values().stream()
                .filter(change -> change.kind() == Change.Kind.DELETED)
                .filter(change ->
                        change.collection().equals(collection) && change.id().equals(id))
                .mapToLong(Change::revision)
                .findFirst()
                .orElse(0);
    }

    private MemoryTables tables() {
        if (over) {
            throw new IllegalStateException("a snapshot is used after its read");
        }
        return tables;
    }
}
