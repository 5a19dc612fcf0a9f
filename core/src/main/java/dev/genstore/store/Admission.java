package dev.genstore.store;

import dev.genstore.query.Index;
import dev.genstore.resource.Json;
import dev.genstore.resource.Names;
import dev.genstore.resource.Problem;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether what a batch makes may be stored, by what its collections are defined to be at that moment,
 * the earlier writes of the batch included. What was found out before counts as long as it is true.
 *
 * <p>Confined to one transaction.
 */
final class Admission {
    /** How many resources are looked at while all writers wait, and how heavy they may be. */
    private static final int RESOURCES_MAX = 1_000;

    private static final long WEIGHT_MAX = 4L << 20;

    /** A collection with no more resources has an index at once, while all writers wait. */
    private static final long INDEXED_AT_ONCE = 100;

    private final Definitions definitions;
    private final RuleBook rules;
    private final Cutting cutting;
    private final Ledger ledger;
    private final List<Optional<Preview>> previews;
    private final Map<String, Definition> defined = new LinkedHashMap<>();
    private final Map<String, Set<Index>> building = new HashMap<>();

    /**
     * Of a batch.
     *
     * @param rules what may be read by now
     * @param cutting what is kept of collections by now
     * @param previews what was found out about each of its writes; may be shorter
     */
    Admission(
            Definitions definitions,
            RuleBook rules,
            Cutting cutting,
            Ledger ledger,
            List<Optional<Preview>> previews) {
        this.definitions = definitions;
        this.rules = rules;
        this.cutting = cutting;
        this.ledger = ledger;
        this.previews = previews;
    }

    /** What the batch has defined. */
    Map<String, Definition> defined() {
        return defined;
    }

    /** The indexes of a collection that the batch has defined and are to be built later. */
    Set<Index> building(String collection) {
        return building.getOrDefault(collection, Set.of());
    }

    /**
     * Decides about a write that makes a resource.
     *
     * @param index of the write in its batch
     * @param made what earlier writes of the batch have made
     * @return the members that are stored
     * @throws Problem when it is refused
     */
    Json check(int index, Write write, Json members, Iterable<Optional<Resource>> made) {
        Preview preview = index < previews.size() ? previews.get(index).orElse(null) : null;
        Preview known = preview != null && preview.isAbout(members) ? preview : null;
        if (write.collection().equals(Names.DEFINITIONS)) {
            Set<Index> unfinished = define(write, members, (Preview.Defined) known, made);
            return Building.with(members, unfinished);
        }
        fit(write, members, (Preview.Checked) known);
        return members;
    }

    /** A write that deletes a resource. */
    void delete(Write write) {
        if (write.collection().equals(Names.DEFINITIONS)) {
            defined.put(write.id(), Definition.NONE);
        }
    }

    private void fit(Write write, Json members, Preview.@Nullable Checked known) {
        Definition definition = definition(write.collection());
        Problem refusal = known != null && known.by().equals(definition)
                ? known.refusal()
                : definition.refusal(write.collection(), members);
        if (refusal != null) {
            throw refusal;
        }
    }

    /** What a collection is defined to be here. */
    Definition definition(String collection) {
        Definition here = defined.get(collection);
        return here == null ? definitions.of(collection) : here;
    }

    /** Returns the indexes that will not be whole. */
    private Set<Index> define(
            Write write,
            Json members,
            Preview.@Nullable Defined known,
            Iterable<Optional<Resource>> made) {
        String name = Names.clientsCollection(write.id());
        Definition next = known == null ? definitions.read(members) : known.definition();
        rules.requireRoom(name, next.rules());
        cutting.requireRoom(name, next.retention());
        Definition present = present(name);
        if (next.schema() != null && !write.isLenient() && !next.hasSchemaOf(present)) {
            requireFitting(name, next.schema(), known, made);
        }
        defined.put(name, next);
        Set<Index> unfinished = unfinished(name, next);
        building.put(name, unfinished);
        return unfinished;
    }

    /** Which indexes will not be whole when this is written. */
    private Set<Index> unfinished(String name, Definition next) {
        Set<Index> unfinished = new HashSet<>(next.indexes());
        unfinished.removeAll(ledger.wholeIndexes(name));
        if (ledger.count(name) <= INDEXED_AT_ONCE) {
            unfinished.retainAll(ledger.unfinishedIndexes(name));
        }
        return unfinished;
    }

    /** One that can't be used is there to be replaced. */
    private Definition present(String name) {
        try {
            return definition(name);
        } catch (Problem unusable) {
            return Definition.NONE;
        }
    }

    private void requireFitting(
            String name,
            Schema schema,
            Preview.@Nullable Defined known,
            Iterable<Optional<Resource>> made) {
        if (known != null && !known.misfits().isEmpty()) {
            throw known.misfits().problem();
        }
        long through = known == null ? 0 : known.lookedThrough();
        List<Resource> later = changed(name, through);
        long weight = later.stream().mapToLong(Resource::weightBytes).sum();
        if (later.size() >= RESOURCES_MAX || weight >= WEIGHT_MAX) {
            throw new Unsettled();
        }
        var misfits = new Misfits();
        later.forEach(resource -> misfits.look(resource, schema));
        made.forEach(each -> each.filter(resource -> resource.collection().equals(name))
                .ifPresent(resource -> misfits.look(resource, schema)));
        if (!misfits.isEmpty()) {
            throw misfits.problem();
        }
    }

    /** A damaged resource is the problem of who asks, not that of the others in the commit. */
    private List<Resource> changed(String collection, long after) {
        try {
            return ledger.changed(collection, after, RESOURCES_MAX, WEIGHT_MAX);
        } catch (StorageException failure) {
            throw failure.kind() == StorageException.Kind.DAMAGED ? failure.problem() : failure;
        }
    }
}
