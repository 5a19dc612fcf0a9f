package dev.genstore.testkit;

import dev.genstore.query.Index;
import dev.genstore.resource.Change;
import dev.genstore.resource.CutChange;
import dev.genstore.resource.LogEntry;
import dev.genstore.resource.Resource;
import dev.genstore.store.CollectionState;
import dev.genstore.store.CutStep;
import dev.genstore.store.IndexStep;
import dev.genstore.store.KeptAnswer;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A whole state of a {@link MemoryStorage}. A transaction works on a copy, so a state that has been
 * committed never changes and can be read while others are made.
 */
final class MemoryTables {
    final NavigableMap<Key, Resource> resources;
    final NavigableMap<String, CollectionState> collections;
    final NavigableMap<Long, LogEntry> log;

    /** By key, in the order in which they were kept. */
    final LinkedHashMap<String, KeptAnswer> answers;

    /** By collection. */
    final NavigableMap<String, Map<Index, Filling>> indexes;

    long head;
    long headMillis;
    long horizon;

    /** Which resources an index has: those up to one revision, and those above another. */
    record Filling(long filled, long through) {
        boolean isWhole() {
            return filled >= through;
        }
    }

    /** What is unique of a resource. */
    record Key(String collection, String id) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byCollection = collection.compareTo(other.collection);
            return byCollection != 0 ? byCollection : id.compareTo(other.id);
        }
    }

    MemoryTables() {
        resources = new TreeMap<>();
        collections = new TreeMap<>();
        log = new TreeMap<>();
        answers = new LinkedHashMap<>();
        indexes = new TreeMap<>();
    }

    private MemoryTables(MemoryTables other) {
        resources = new TreeMap<>(other.resources);
        collections = new TreeMap<>(other.collections);
        log = new TreeMap<>(other.log);
        answers = new LinkedHashMap<>(other.answers);
        indexes = new TreeMap<>(other.indexes);
        head = other.head;
        headMillis = other.headMillis;
        horizon = other.horizon;
    }

    MemoryTables copy() {
        return new MemoryTables(this);
    }

    @Nullable Resource find(String collection, String id) {
        return resources.get(new Key(collection, id));
    }

    /** The resources of a collection above a revision, in order, until they are as heavy as that. */
    List<Resource> changed(String collection, long afterRevision, int countMax, long weightMax) {
        var found = new ArrayList<Resource>();
        long weight = 0;
        for (Resource resource : inOrderOfRevision(collection)) {
            if (resource.revision() > afterRevision
                    && found.size() < countMax
                    && weight < weightMax) {
                found.add(resource);
                weight += resource.weightBytes();
            }
        }
        return found;
    }

    private List<Resource> inOrderOfRevision(String collection) {
        return resources.values().stream()
                .filter(resource -> resource.collection().equals(collection))
                .sorted(Comparator.comparingLong(Resource::revision))
                .toList();
    }

    /** How many resources a collection has. */
    long count(String collection) {
        CollectionState state = collections.get(collection);
        return state == null ? 0 : state.count();
    }

    /** Appends a change, or leaves everything as it is and says why. */
    void append(Change change) {
        if (change.revision() != head + 1) {
            throw new IllegalArgumentException(
                    "revision is " + change.revision() + " and the last one is " + head);
        }
        Resource stored = find(change.collection(), change.id());
        if (!Objects.equals(revision(stored), revision(change.before()))) {
            throw new IllegalArgumentException(
                    "before is not what is stored at " + change.collection() + "/" + change.id());
        }
        log.put(change.revision(), change);
        head = change.revision();
        headMillis = change.timeMillis();
        store(change);
        count(change);
    }

    /** The collection is there from now on, if only without resources. */
    void keep(String collection) {
        collections.putIfAbsent(collection, new CollectionState(collection, 0, 0));
    }

    /** The collection has these indexes, some of which lack what is there. */
    void indexes(String collection, Set<Index> wanted, Set<Index> later) {
        Map<Index, Filling> known = indexes.getOrDefault(collection, Map.of());
        Map<Index, Filling> next = new HashMap<>();
        for (Index index : wanted) {
            Filling fresh = new Filling(later.contains(index) ? 0 : head, head);
            next.put(index, known.getOrDefault(index, fresh));
        }
        indexes.put(collection, Map.copyOf(next));
    }

    /** Those of a collection's indexes that are whole, or those that are not. */
    Set<Index> indexes(String collection, boolean areWhole) {
        return indexes.getOrDefault(collection, Map.of()).entrySet().stream()
                .filter(entry -> entry.getValue().isWhole() == areWhole)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** An index of a collection. */
    record Declared(String collection, Index index) {}

    /** The first unfinished index that is none of these. */
    Optional<Declared> unfinishedIndex(Set<Declared> except) {
        return indexes.keySet().stream()
                .flatMap(name -> indexes(name, false).stream()
                        .sorted(Comparator.comparing(Index::toString))
                        .map(index -> new Declared(name, index)))
                .filter(each -> !except.contains(each))
                .findFirst();
    }

    /** Goes on with an index. */
    IndexStep workOn(Declared declared, int countMax) {
        String collection = declared.collection;
        Index index = declared.index;
        Map<Index, Filling> fillings = new HashMap<>(indexes.get(collection));
        Filling before = Objects.requireNonNull(fillings.get(index));
        Filling after = new Filling(end(collection, before, countMax), before.through);
        fillings.put(index, after);
        indexes.put(collection, Map.copyOf(fillings));
        boolean isToTell = before.filled == 0 || after.isWhole();
        return new IndexStep(true, isToTell ? collection : null);
    }

    private long end(String collection, Filling filling, int countMax) {
        List<Resource> slice = inOrderOfRevision(collection).stream()
                .filter(resource -> resource.revision() > filling.filled)
                .filter(resource -> resource.revision() <= filling.through)
                .limit(countMax)
                .toList();
        return slice.size() < countMax ? filling.through : slice.getLast().revision();
    }

    /** When a change was made. */
    long timeMillis(long revision) {
        return Objects.requireNonNull(log.get(revision), "no such change").timeMillis();
    }

    /** The changes of a collection that are not cut, above one and up to another, in order. */
    List<Change> whole(String collection, long after, long through) {
        List<Change> whole = new ArrayList<>();
        for (LogEntry entry : log.tailMap(after, false).values()) {
            if (entry instanceof Change change
                    && change.revision() <= through
                    && change.collection().equals(collection)) {
                whole.add(change);
            }
        }
        return whole;
    }

    /** Cuts the first of them. */
    CutStep cut(String collection, long after, long through, int countMax, long weightMax) {
        int count = 0;
        long weight = 0;
        for (Change change : whole(collection, after, through)) {
            log.put(change.revision(), CutChange.of(change));
            count++;
            weight += change.weightBytes();
            if (count == countMax || weight >= weightMax) {
                return new CutStep(change.revision(), count);
            }
        }
        return new CutStep(through, count);
    }

    /** Removes the changes up to this one; returns the horizon. */
    long trim(long through) {
        log.headMap(through, true).clear();
        horizon = Math.max(horizon, Math.min(through, head));
        return horizon;
    }

    /** Keeps an answer; an older one of the same key goes, and all before it. */
    void keep(KeptAnswer answer) {
        while (answers.containsKey(answer.key())) {
            answers.pollFirstEntry();
        }
        answers.put(answer.key(), answer);
    }

    /** Removes the oldest answers; returns how many. */
    int trimAnswers(long timeMillis, long answersMax, long bytesMax, int countMax) {
        int count = 0;
        while (count < countMax && hasAnswerTooMany(timeMillis, answersMax, bytesMax)) {
            answers.pollFirstEntry();
            count++;
        }
        return count;
    }

    private boolean hasAnswerTooMany(long timeMillis, long answersMax, long bytesMax) {
        long bytes =
                answers.values().stream().mapToLong(KeptAnswer::weightBytes).sum();
        return !answers.isEmpty()
                && (answers.firstEntry().getValue().timeMillis() < timeMillis
                        || answers.size() > answersMax
                        || bytes > bytesMax);
    }

    private void store(Change change) {
        var key = new Key(change.collection(), change.id());
        Resource after = change.after();
        if (after == null) {
            resources.remove(key);
        } else {
            resources.put(key, after);
        }
    }

    private void count(Change change) {
        CollectionState state = collections.get(change.collection());
        long before = state == null ? 0 : state.count();
        long count = switch (change.kind()) {
            case CREATED -> before + 1;
            case UPDATED -> before;
            case DELETED -> before - 1;
        };
        collections.put(
                change.collection(),
                new CollectionState(change.collection(), count, change.revision()));
    }

    private static @Nullable Long revision(@Nullable Resource resource) {
        return resource == null ? null : resource.revision();
    }
}
