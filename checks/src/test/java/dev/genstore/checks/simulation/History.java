package dev.genstore.checks.simulation;

import dev.genstore.resource.Change;
import dev.genstore.resource.Json;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The model: every change that is durable, and so must be told. It only ever grows. */
final class History {
    private final List<Change> changes = new ArrayList<>();
    private final Map<Long, JsonNode> trees = new HashMap<>();
    private final Map<String, Resource> resources = new HashMap<>();
    private final BitSet cut = new BitSet();
    private long horizonMax;

    long head() {
        return changes.size();
    }

    Change get(long revision) {
        return changes.get(Math.toIntExact(revision - 1));
    }

    @Nullable Resource find(String collection, String id) {
        return resources.get(key(collection, id));
    }

    static String key(String collection, String id) {
        return collection + '/' + id;
    }

    static String key(Change change) {
        return key(change.collection(), change.id());
    }

    /** A change has become durable. */
    void add(Change change) {
        Violation.unless(
                change.revision() == head() + 1,
                "revision %d became durable behind %d",
                change.revision(),
                head());
        Resource before = change.before();
        Violation.unless(
                Objects.equals(before, find(change.collection(), change.id())),
                "revision %d does not begin with what was there",
                change.revision());
        Violation.unless(
                head() == 0 || change.timeMillis() >= get(head()).timeMillis(),
                "time falls at revision %d",
                change.revision());
        Resource after = change.after();
        Violation.unless(
                before == null || after == null || !before.members().equals(after.members()),
                "revision %d changes nothing",
                change.revision());
        changes.add(change);
        if (after == null) {
            resources.remove(key(change));
        } else {
            resources.put(key(change), after);
        }
    }

    /** The log may have been trimmed so far. */
    void trimmed(long horizon) {
        horizonMax = Math.max(horizonMax, horizon);
    }

    /** The log still has everything above a revision from here on. */
    long horizonMax() {
        return horizonMax;
    }

    /** This change may have been cut. */
    void cut(long revision) {
        cut.set((int) revision);
    }

    /** Whether a change above a revision may have been cut that somebody could have seen. */
    boolean isCut(Watched watched, long revision) {
        return cut.stream()
                .filter(each -> each > revision)
                .mapToObj(this::get)
                .anyMatch(watched::mayMiss);
    }

    /** How many changes of a collection there are above a revision. */
    long countAbove(long revision, String collection) {
        return changes.stream()
                .filter(change -> change.revision() > revision)
                .filter(change -> change.collection().equals(collection))
                .count();
    }

    /** The first change above a revision that is told; 0 when there is none. */
    long nextSeen(Watched watched, long revision) {
        for (long next = revision + 1; next <= head(); next++) {
            if (watched.sees(this, get(next))) {
                return next;
            }
        }
        return 0;
    }

    /** The resource that a change left behind, as a client sees it. */
    JsonNode tree(long revision) {
        return trees.computeIfAbsent(
                revision,
                any -> Json.trusted(
                                Objects.requireNonNull(get(revision).after()).json())
                        .tree());
    }
}
