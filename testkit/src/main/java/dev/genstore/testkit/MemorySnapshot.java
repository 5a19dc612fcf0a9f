package dev.genstore.testkit;

import dev.genstore.resource.Change;
import dev.genstore.resource.LogEntry;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;
import dev.genstore.store.CollectionState;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.Past;
import dev.genstore.store.Snapshot;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

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
        return MemoryList.page(tables().resources.values(), query);
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
    public long lastDeletion(String collection) {
        return lastDeletion(entry -> entry.collection().equals(collection));
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
        return MemoryList.upTo(weightMax, found);
    }

    @Override
    public List<LogEntry> log(long afterRevision, int countMax, long weightMax) {
        if (afterRevision < horizon()) {
            throw new IllegalArgumentException(
                    "afterRevision is below the horizon: " + afterRevision + " < " + horizon());
        }
        List<LogEntry> page = new ArrayList<>();
        long weight = 0;
        for (LogEntry entry : tables().log.tailMap(afterRevision, false).values()) {
            weight += entry.weightBytes();
            if (page.size() == countMax || (weight > weightMax && !page.isEmpty())) {
                return page;
            }
            page.add(entry);
        }
        return page;
    }

    @Override
    public Past past(long revision, Past.Bounds bounds) {
        if (revision < horizon() || revision > head()) {
            throw new IllegalArgumentException("revision is not from the horizon to the head: "
                    + horizon() + " <= " + revision + " <= " + head());
        }
        return new MemoryPast(tables(), revision, bounds);
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
        var target = new Target.Single(collection, id);
        return lastDeletion(entry -> target.covers(entry.collection(), entry.id()));
    }

    private long lastDeletion(Predicate<LogEntry> which) {
        return tables().log.descendingMap().values().stream()
                .filter(entry -> entry.kind() == Change.Kind.DELETED)
                .filter(which)
                .mapToLong(LogEntry::revision)
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
