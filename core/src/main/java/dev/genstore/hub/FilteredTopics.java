package dev.genstore.hub;

import dev.genstore.query.Document;
import dev.genstore.query.Equality;
import dev.genstore.query.Filter;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The topics of one target that have a filter, or are windows. One that demands a value of a member is found by that
 * value, so that a change costs a look-up for each member that filters name, and not a trial of each
 * filter. Of several members it is the one whose values the fewest others share: {@code
 * status=open&owner=7} lies under the owner once another filter lies under the status. Filters that
 * demand no value are tried one by one.
 *
 * <p>Guarded by the hub's lock.
 */
final class FilteredTopics {
    /** Stands for null and for what is not there. */
    private static final Object NULL = new Object();

    private final Map<Topic.Key, Topic> topics = new LinkedHashMap<>();
    private final Map<List<String>, Map<Object, List<Topic.Place>>> members = new LinkedHashMap<>();
    private final List<Topic.Place> others = new ArrayList<>();

    @Nullable Topic find(Topic.Key key) {
        return topics.get(key);
    }

    void add(Topic topic) {
        topics.put(topic.key(), topic);
        Equality demand = rarest(topic.filter());
        topic.places = demand == null ? List.of(topic.join(others)) : enter(topic, demand);
    }

    private @Nullable Equality rarest(Filter filter) {
        Equality rarest = null;
        long fewest = Long.MAX_VALUE;
        for (Equality demand : filter.equalities()) {
            long count = sharing(demand);
            if (count < fewest) {
                fewest = count;
                rarest = demand;
            }
        }
        return rarest;
    }

    /** How many topics lie where this one would. */
    private long sharing(Equality demand) {
        Map<Object, List<Topic.Place>> known = members.getOrDefault(demand.path(), Map.of());
        long count = demand.values().size();
        for (JsonNode value : demand.values()) {
            List<Topic.Place> there = known.get(key(value));
            count += there == null ? 0 : there.size();
        }
        return count;
    }

    private List<Topic.Place> enter(Topic topic, Equality demand) {
        Map<Object, List<Topic.Place>> values =
                members.computeIfAbsent(demand.path(), path -> new HashMap<>());
        return demand.values().stream()
                .map(FilteredTopics::key)
                .distinct()
                .map(key -> topic.join(values.computeIfAbsent(key, any -> new ArrayList<>(1))))
                .toList();
    }

    void remove(Topic topic) {
        topics.remove(topic.key());
        topic.places.forEach(Topic.Place::leave);
        for (Equality demand : topic.filter().equalities()) {
            demand.values().forEach(value -> forget(demand.path(), key(value)));
        }
    }

    private void forget(List<String> path, Object key) {
        Map<Object, List<Topic.Place>> values = members.get(path);
        if (values == null) {
            return;
        }
        List<Topic.Place> left = values.get(key);
        if (left != null && left.isEmpty()) {
            values.remove(key);
        }
        if (values.isEmpty()) {
            members.remove(path);
        }
    }

    boolean isEmpty() {
        return topics.isEmpty();
    }

    Collection<Topic> all() {
        return topics.values();
    }

    /** Adds those that a change may concern; all others it does not concern. */
    void addCandidates(Transition transition, List<Topic> candidates) {
        others.forEach(place -> candidates.add(place.topic()));
        for (var member : members.entrySet()) {
            Object was = key(transition.before(), member.getKey());
            Object is = key(transition.after(), member.getKey());
            add(member.getValue(), was, is, candidates);
        }
    }

    /** One that takes several values is found twice. */
    private static void add(
            Map<Object, List<Topic.Place>> values,
            @Nullable Object was,
            @Nullable Object is,
            List<Topic> candidates) {
        List<Topic.Place> left = at(values, was);
        List<Topic.Place> entered = Objects.equals(was, is) ? List.of() : at(values, is);
        if (left.isEmpty() || entered.isEmpty()) {
            left.forEach(place -> candidates.add(place.topic()));
            entered.forEach(place -> candidates.add(place.topic()));
        } else {
            var both = new LinkedHashSet<Topic>();
            left.forEach(place -> both.add(place.topic()));
            entered.forEach(place -> both.add(place.topic()));
            candidates.addAll(both);
        }
    }

    private static List<Topic.Place> at(
            Map<Object, List<Topic.Place>> values, @Nullable Object key) {
        List<Topic.Place> there = key == null ? null : values.get(key);
        return there == null ? List.of() : there;
    }

    /** Null where there is no state, or something that is never equal to a value. */
    private static @Nullable Object key(@Nullable Document document, List<String> path) {
        JsonNode value = document == null ? null : document.at(path);
        return value == null || value.isContainer() ? null : key(value);
    }

    /** What a value is looked up by; equal for those that say the same, whoever wrote 1 or 1.0. */
    private static Object key(JsonNode value) {
        if (value.isNumber()) {
            return value.doubleValue() + 0.0;
        }
        if (value.isString()) {
            return value.stringValue();
        }
        return value.isNull() ? NULL : value;
    }
}
