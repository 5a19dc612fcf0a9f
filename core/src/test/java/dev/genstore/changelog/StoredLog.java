package dev.genstore.changelog;

import dev.genstore.resource.Change;
import dev.genstore.resource.CutChange;
import dev.genstore.resource.Json;
import dev.genstore.resource.LogEntry;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;
import dev.genstore.store.CollectionState;
import dev.genstore.store.Ledger;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.Past;
import dev.genstore.store.Snapshot;
import dev.genstore.store.Storage;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** A storage of a few changes, which are made one by one; each takes a second. */
public final class StoredLog implements Storage {
    public static final String EPOCH = "e1";

    public static final long START_MILLIS = 1_767_225_600_000L;

    private final List<LogEntry> log = new ArrayList<>();
    private final Map<String, Resource> resources = new TreeMap<>();
    private long horizon;
    private int reads;
    private Runnable afterReading = () -> {};

    /** Makes or replaces a resource. */
    public Change put(String collection, String id, String json) {
        return put(collection, id, json, null);
    }

    public Change put(String collection, String id, String json, @Nullable String origin) {
        Resource before = resources.get(collection + '/' + id);
        return append(put(collection, id, json, origin, before));
    }

    /** Makes or replaces resources as one batch, by their paths. */
    public List<Change> batch(String... paths) {
        var batch = new Change.Batch(head() + 1, head() + paths.length);
        return Stream.of(paths)
                .map(path -> {
                    String[] names = path.split("/", 2);
                    Resource before = resources.get(path);
                    return append(put(names[0], names[1], "{}", null, before).in(batch));
                })
                .toList();
    }

    private Change put(
            String collection,
            String id,
            String json,
            @Nullable String origin,
            @Nullable Resource before) {
        long millis = START_MILLIS + 1_000 * (head() + 1);
        var after = new Resource(
                collection,
                id,
                head() + 1,
                before == null ? millis : before.createdMillis(),
                millis,
                Json.trusted(json.getBytes(StandardCharsets.UTF_8)));
        return new Change(head() + 1, millis, before, after, origin);
    }

    public Change delete(String collection, String id) {
        Resource before = resources.get(collection + '/' + id);
        return append(
                new Change(head() + 1, START_MILLIS + 1_000 * (head() + 1), before, null, null));
    }

    private Change append(Change change) {
        log.add(change);
        Resource after = change.after();
        if (after == null) {
            resources.remove(change.collection() + '/' + change.id());
        } else {
            resources.put(change.collection() + '/' + change.id(), after);
        }
        return change;
    }

    public long head() {
        return log.size();
    }

    /** Retention takes the changes up to this one. */
    public void trim(long through) {
        horizon = through;
    }

    /** The retention of its collection cuts this change. */
    public void cut(long revision) {
        int index = Math.toIntExact(revision - 1);
        log.set(index, CutChange.of((Change) log.get(index)));
    }

    /** How often it was read. */
    public int reads() {
        return reads;
    }

    @Override
    public String epoch() {
        return EPOCH;
    }

    @Override
    public Ledger ledger() {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T extends @Nullable Object> T read(Function<Snapshot, T> reading) {
        reads++;
        Runnable before = afterReading;
        afterReading = () -> {};
        T result = reading.apply(new State());
        before.run();
        return result;
    }

    /** Has something happen behind the next reading, before who reads has what was read. */
    public void afterReading(Runnable happening) {
        afterReading = happening;
    }

    @Override
    public void close() {}

    /** What is stored now. */
    private final class State implements Snapshot {
        @Override
        public long head() {
            return log.size();
        }

        @Override
        public long headMillis() {
            return START_MILLIS + 1_000 * head();
        }

        @Override
        public long horizon() {
            return horizon;
        }

        @Override
        public @Nullable Resource find(String collection, String id) {
            return resources.get(collection + '/' + id);
        }

        @Override
        public ListPage list(ListQuery query) {
            return StoredLists.page(resources.values(), query);
        }

        @Override
        public List<CollectionState> collections(String afterName, int countMax) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Past past(long revision, Past.Bounds bounds) {
            List<LogEntry> since = log.subList(Math.toIntExact(revision), log.size());
            return new StoredLists(resources, since, bounds);
        }

        @Override
        public long lastChange(Target target) {
            return log.stream()
                    .filter(entry -> target.covers(entry.collection(), entry.id()))
                    .mapToLong(LogEntry::revision)
                    .max()
                    .orElse(0);
        }

        @Override
        public long lastDeletion(String collection) {
            return log.stream()
                    .filter(entry -> entry.collection().equals(collection))
                    .filter(entry -> entry.kind() == Change.Kind.DELETED)
                    .mapToLong(LogEntry::revision)
                    .max()
                    .orElse(0);
        }

        @Override
        public List<Resource> state(
                Target target,
                long afterRevision,
                long throughRevision,
                int countMax,
                long weightMax) {
            List<Resource> found = resources.values().stream()
                    .filter(resource -> target.covers(resource.collection(), resource.id()))
                    .filter(resource -> resource.revision() > afterRevision)
                    .filter(resource -> resource.revision() <= throughRevision)
                    .sorted(Comparator.comparingLong(Resource::revision))
                    .limit(countMax)
                    .toList();
            int end = 0;
            for (long weight = 0; end < found.size() && weight < weightMax; end++) {
                weight += found.get(end).weightBytes();
            }
            return found.subList(0, end);
        }

        @Override
        public List<LogEntry> log(long afterRevision, int countMax, long weightMax) {
            List<LogEntry> above = log.subList(Math.toIntExact(afterRevision), log.size());
            List<LogEntry> found = above.subList(0, Math.min(countMax, above.size()));
            int end = 0;
            for (long weight = 0; end < found.size(); end++) {
                weight += found.get(end).weightBytes();
                if (end > 0 && weight > weightMax) {
                    break;
                }
            }
            return List.copyOf(found.subList(0, end));
        }
    }
}
