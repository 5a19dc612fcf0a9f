package dev.genstore.testkit;

import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;
import dev.genstore.store.CollectionState;
import dev.genstore.store.KeptAnswer;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A whole state of a {@link MemoryStorage}. A transaction works on a copy, so a state that has been
 * committed never changes and can be read while others are made.
 */
final class MemoryTables {
    final NavigableMap<Key, Resource> resources;
    final NavigableMap<String, CollectionState> collections;
    final NavigableMap<Long, Change> log;

    /** By key, in the order in which they were kept. */
    final LinkedHashMap<String, KeptAnswer> answers;

    long head;
    long headMillis;
    long horizon;

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
    }

    private MemoryTables(MemoryTables other) {
        resources = new TreeMap<>(other.resources);
        collections = new TreeMap<>(other.collections);
        log = new TreeMap<>(other.log);
        answers = new LinkedHashMap<>(other.answers);
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

    /** Removes the oldest changes; returns the horizon. */
    long trim(long revision, long timeMillis, int countMax) {
        for (int i = 0; i < countMax && !log.isEmpty(); i++) {
            Change oldest = log.firstEntry().getValue();
            if (oldest.revision() > revision && oldest.timeMillis() >= timeMillis) {
                return horizon;
            }
            horizon = oldest.revision();
            log.remove(horizon);
        }
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
