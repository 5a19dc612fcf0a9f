package dev.genstore.hub;

import dev.genstore.query.Selection;
import dev.genstore.resource.Change;
import dev.genstore.resource.Target;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds the topics that a change may belong to by looking them up: by its collection, there by its
 * id, and there by the values that filters demand. What is watched elsewhere costs a change nothing,
 * however much it is.
 *
 * <p>Guarded by the hub's lock.
 */
final class WatchIndex {
    private final Map<String, InCollection> collections = new HashMap<>();
    private final OfTarget everything = new OfTarget();
    private final RankingMemory rankingMemory;
    private int size;
    private int windowCount;

    /** No topics yet. */
    WatchIndex(RankingMemory rankingMemory) {
        this.rankingMemory = rankingMemory;
    }

    /** The topics of one collection. */
    private static final class InCollection {
        private final Map<String, OfTarget> singles = new HashMap<>();
        private final OfTarget whole = new OfTarget();

        private boolean isEmpty() {
            return whole.isEmpty() && singles.isEmpty();
        }
    }

    /** The topics of one target. */
    private static final class OfTarget {
        private @Nullable Topic unfiltered;
        private @Nullable FilteredTopics filtered;

        private @Nullable Topic find(Topic.Key key) {
            if (key.isAll()) {
                return unfiltered;
            }
            return filtered == null ? null : filtered.find(key);
        }

        private void add(Topic topic) {
            if (topic.key().isAll()) {
                unfiltered = topic;
            } else {
                filtered = filtered == null ? new FilteredTopics() : filtered;
                filtered.add(topic);
            }
        }

        private void remove(Topic topic) {
            if (topic.key().isAll()) {
                unfiltered = null;
            } else if (filtered != null) {
                filtered.remove(topic);
                filtered = filtered.isEmpty() ? null : filtered;
            }
        }

        private boolean isEmpty() {
            return unfiltered == null && filtered == null;
        }

        private void addAll(List<Topic> topics) {
            if (unfiltered != null) {
                topics.add(unfiltered);
            }
            if (filtered != null) {
                topics.addAll(filtered.all());
            }
        }

        private void addCandidates(Transition transition, List<Topic> candidates) {
            if (unfiltered != null) {
                candidates.add(unfiltered);
            }
            if (filtered != null) {
                filtered.addCandidates(transition, candidates);
            }
        }
    }

    /** How many topics there are. */
    int size() {
        return size;
    }

    /** How many of them are live windows. */
    int windowCount() {
        return windowCount;
    }

    /** The topic of what is selected, or null. */
    @Nullable Topic find(Selection selection) {
        OfTarget known = find(selection.target());
        return known == null ? null : known.find(Topic.Key.of(selection));
    }

    private @Nullable OfTarget find(Target target) {
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

    /** The topic of what is selected, which is made if there is none. */
    Topic topic(Selection selection) {
        Topic known = find(selection);
        if (known != null) {
            return known;
        }
        boolean isWindow = selection.top() != null;
        var made = new Topic(
                selection.target(),
                Topic.Key.of(selection),
                isWindow ? new LiveRanking(rankingMemory) : null);
        of(selection.target()).add(made);
        size++;
        windowCount += isWindow ? 1 : 0;
        return made;
    }

    private OfTarget of(Target target) {
        return switch (target) {
            case Target.Everything ignored -> everything;
            case Target.InCollection in -> collection(in.collection()).whole;
            case Target.Single single ->
                collection(single.collection())
                        .singles
                        .computeIfAbsent(single.id(), id -> new OfTarget());
        };
    }

    private InCollection collection(String name) {
        return collections.computeIfAbsent(name, ignored -> new InCollection());
    }

    void remove(Topic topic) {
        of(topic.target()).remove(topic);
        size--;
        windowCount -= topic.ranking() == null ? 0 : 1;
        topic.close();
        switch (topic.target()) {
            case Target.Everything ignored -> {}
            case Target.InCollection in -> dropIfEmpty(in.collection());
            case Target.Single single -> {
                collection(single.collection())
                        .singles
                        .computeIfPresent(single.id(), (id, left) -> left.isEmpty() ? null : left);
                dropIfEmpty(single.collection());
            }
        }
    }

    private void dropIfEmpty(String name) {
        if (collection(name).isEmpty()) {
            collections.remove(name);
        }
    }

    /** Whether there are filters that may look into the states of a change. */
    boolean hasFilters(Change change) {
        boolean[] found = {false};
        forEachTarget(change, topics -> found[0] |= topics.filtered != null);
        return found[0];
    }

    /**
     * The topics that a change may belong to. Those without a filter it does belong to; the others
     * have to be tried, which can take long, so nobody does it here.
     */
    List<Topic> candidates(Transition transition) {
        var candidates = new ArrayList<Topic>();
        forEachTarget(transition.change(), topics -> topics.addCandidates(transition, candidates));
        return candidates;
    }

    /** The same without a look into the change's states. */
    List<Topic> candidates(Change change) {
        var candidates = new ArrayList<Topic>();
        forEachTarget(change, topics -> topics.addAll(candidates));
        return candidates;
    }

    private void forEachTarget(Change change, Consumer<OfTarget> visitor) {
        visitor.accept(everything);
        InCollection known = collections.get(change.collection());
        if (known != null) {
            visitor.accept(known.whole);
            OfTarget single = known.singles.get(change.id());
            if (single != null) {
                visitor.accept(single);
            }
        }
    }

    /** All topics, in no order. */
    List<Topic> all() {
        var all = new ArrayList<Topic>();
        everything.addAll(all);
        for (InCollection known : collections.values()) {
            known.whole.addAll(all);
            known.singles.values().forEach(single -> single.addAll(all));
        }
        return all;
    }
}
