package dev.genstore.hub;

import dev.genstore.resource.Change;
import dev.genstore.resource.Target;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the topics that a change belongs to by looking them up: by its collection, and there by its
 * id. What is watched elsewhere costs a change nothing, however much it is.
 *
 * <p>Guarded by the hub's lock.
 */
final class WatchIndex {
    private final Map<String, InCollection> collections = new HashMap<>();
    private @Nullable Topic everything;

    /** The topics of one collection. */
    private static final class InCollection {
        private final Map<String, Topic> singles = new HashMap<>();
        private @Nullable Topic whole;

        private boolean isEmpty() {
            return whole == null && singles.isEmpty();
        }
    }

    /** The topic of a target, or null. */
    @Nullable Topic find(Target target) {
        return switch (target) {
            case Target.Everything ignored -> everything;
            case Target.InCollection in -> {
                InCollection known = collections.get(in.collection());
                yield known == null ? null : known.whole;
            }
            case Target.Single single -> {
                InCollection known = collections.get(single.collection());
                yield known == null ? null : known.singles.get(single.id());
            }
        };
    }

    /** The topic of a target, which is made if there is none. */
    Topic topic(Target target) {
        Topic known = find(target);
        if (known != null) {
            return known;
        }
        var made = new Topic(target);
        switch (target) {
            case Target.Everything ignored -> everything = made;
            case Target.InCollection in -> collection(in.collection()).whole = made;
            case Target.Single single ->
                collection(single.collection()).singles.put(single.id(), made);
        }
        return made;
    }

    private InCollection collection(String name) {
        return collections.computeIfAbsent(name, ignored -> new InCollection());
    }

    void remove(Target target) {
        switch (target) {
            case Target.Everything ignored -> everything = null;
            case Target.InCollection in -> {
                collection(in.collection()).whole = null;
                dropIfEmpty(in.collection());
            }
            case Target.Single single -> {
                collection(single.collection()).singles.remove(single.id());
                dropIfEmpty(single.collection());
            }
        }
    }

    private void dropIfEmpty(String name) {
        if (collection(name).isEmpty()) {
            collections.remove(name);
        }
    }

    /** Adds the topics that a change belongs to. */
    void match(Change change, List<Topic> matching) {
        add(matching, everything);
        InCollection known = collections.get(change.collection());
        if (known != null) {
            add(matching, known.whole);
            add(matching, known.singles.get(change.id()));
        }
    }

    private static void add(List<Topic> matching, @Nullable Topic topic) {
        if (topic != null) {
            matching.add(topic);
        }
    }

    /** All topics, in no order. */
    List<Topic> all() {
        var all = new ArrayList<Topic>();
        add(all, everything);
        for (InCollection known : collections.values()) {
            add(all, known.whole);
            all.addAll(known.singles.values());
        }
        return all;
    }
}
