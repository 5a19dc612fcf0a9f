package dev.genstore.store;

import dev.genstore.query.Index;
import dev.genstore.resource.Json;
import dev.genstore.resource.Names;
import dev.genstore.resource.Problem;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Whether what a batch makes may be stored, by what its collections are defined to be at that moment,
 * the earlier writes of the batch included. What was found out before counts as long as it is true.
 *
 * <p>Confined to one transaction.
 */
final class Admission {
    /** How many stored resources new schemas are held against while all writers wait, and how heavy. */
    private static final int RESOURCES_MAX = 1_000;

    private static final long WEIGHT_MAX = 4L << 20;

    /** The same of what the batch itself makes, where that was not found out before. */
    private static final int OWN_MAX = 100;

    private static final long OWN_WEIGHT_MAX = 1L << 20;

    private final Definitions definitions;
    private final RuleBook rules;
    private final Cutting cutting;
    private final AtOnce atOnce;
    private final Ledger ledger;
    private final Batch batch;
    private final List<Optional<Preview>> previews;
    private final Effort looking = new Effort(RESOURCES_MAX, WEIGHT_MAX);
    private final Effort fitting = new Effort(OWN_MAX, OWN_WEIGHT_MAX);
    private final Map<String, Definition> defined = new LinkedHashMap<>();
    private final Map<String, Integer> definedBy = new HashMap<>();
    private final Map<String, Set<Index>> building = new HashMap<>();
    private final Map<String, Due> due = new LinkedHashMap<>();

    /** How many writes each collection has in the batch; null until somebody asks. */
    private @Nullable Map<String, Long> written;

    /**
     * A schema that what is there has to fit.
     *
     * @param index of the write that defines it, in its batch
     * @param made what earlier writes of the batch have made of the collection
     */
    private record Due(
            int index,
            Definition definition,
            Preview.@Nullable Defined known,
            List<Resource> made) {}

    /**
     * Of a batch.
     *
     * @param rules what may be read by now
     * @param cutting what is kept of collections by now
     * @param atOnce what may still be indexed in this transaction
     * @param previews what was found out about each of its writes; may be shorter
     */
    Admission(
            Definitions definitions,
            RuleBook rules,
            Cutting cutting,
            AtOnce atOnce,
            Ledger ledger,
            Batch batch,
            List<Optional<Preview>> previews) {
        this.definitions = definitions;
        this.rules = rules;
        this.cutting = cutting;
        this.atOnce = atOnce;
        this.ledger = ledger;
        this.batch = batch;
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
     * Decides about a write that makes a resource. Whether what is there fits a new schema is left to
     * {@link #settle}.
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
            Set<Index> unfinished = define(index, write, members, (Preview.Defined) known, made);
            return Building.with(members, unfinished);
        }
        fit(write, members, (Preview.Checked) known);
        return members;
    }

    /** A write that deletes a resource. */
    void delete(Write write) {
        if (write.collection().equals(Names.DEFINITIONS)) {
            defined.put(write.id(), Definition.NONE);
            due.remove(write.id());
        }
    }

    private void fit(Write write, Json members, Preview.@Nullable Checked known) {
        Definition definition = definition(write.collection());
        Problem refusal = known != null && known.by().hasSchemaOf(definition)
                ? known.refusal()
                : refusal(definition, write.collection(), members);
        if (refusal != null) {
            throw refusal;
        }
    }

    private @Nullable Problem refusal(Definition definition, String collection, Json members) {
        if (definition.schema() != null && batch.writes().size() > 1) {
            fitting.take(1, members.bytes().length);
        }
        return definition.refusal(collection, members);
    }

    /** What a collection is defined to be here. */
    Definition definition(String collection) {
        Definition here = defined.get(collection);
        return here == null ? definitions.of(collection) : here;
    }

    /** Returns the indexes that will not be whole. */
    private Set<Index> define(
            int index,
            Write write,
            Json members,
            Preview.@Nullable Defined known,
            Iterable<Optional<Resource>> made) {
        String name = Names.clientsCollection(write.id());
        Definition next = known == null ? definitions.read(members) : known.definition();
        definedBy.put(name, index);
        due.remove(name);
        if (next.schema() != null && !write.isLenient()) {
            due.put(name, new Due(index, next, known, of(name, made)));
        }
        defined.put(name, next);
        Set<Index> unfinished = unfinished(name, next);
        building.put(name, unfinished);
        return unfinished;
    }

    private static List<Resource> of(String collection, Iterable<Optional<Resource>> made) {
        List<Resource> found = new ArrayList<>();
        made.forEach(each -> each.filter(resource -> resource.collection().equals(collection))
                .ifPresent(found::add));
        return found;
    }

    /** Which indexes will not be whole when this is written. */
    private Set<Index> unfinished(String name, Definition next) {
        Set<Index> unfinished = new HashSet<>(next.indexes());
        unfinished.removeAll(ledger.wholeIndexes(name));
        if (unfinished.isEmpty()) {
            return unfinished;
        }
        Set<Index> begun = ledger.unfinishedIndexes(name);
        long fresh = unfinished.stream().filter(each -> !begun.contains(each)).count();
        if (atOnce.takes(ledger.count(name) + written(name), (int) fresh)) {
            unfinished.retainAll(begun);
        }
        return unfinished;
    }

    /** How many resources the batch brings to a collection, at most. */
    private long written(String collection) {
        if (written == null) {
            written = batch.writes().stream()
                    .collect(Collectors.groupingBy(Write::collection, Collectors.counting()));
        }
        return written.getOrDefault(collection, 0L);
    }

    /**
     * All writes were decided: there has to be room for what the batch has defined, and what is there
     * has to fit its schemas, of each collection the last one.
     *
     * @throws Problem when it does not; of a list it says which write is refused
     */
    void settle() {
        requireRoom(rules.refused(defined), RuleBook::tooMany);
        requireRoom(cutting.refused(defined), Cutting::tooMany);
        due.forEach((name, each) -> {
            try {
                requireFitting(name, each);
            } catch (Problem problem) {
                throw at(each.index, problem);
            }
        });
    }

    private void requireRoom(@Nullable String refused, Supplier<Problem> problem) {
        if (refused != null) {
            throw at(Objects.requireNonNull(definedBy.get(refused)), problem.get());
        }
    }

    private Problem at(int index, Problem problem) {
        return batch.isList() ? Plan.at(index, problem) : problem;
    }

    private void requireFitting(String name, Due each) {
        Schema schema = Objects.requireNonNull(each.definition.schema());
        fitting.take(each.made);
        var misfits = new Misfits();
        if (!each.definition.hasSchemaOf(stored(name))) {
            if (each.known != null && !each.known.misfits().isEmpty()) {
                throw each.known.misfits().problem();
            }
            changed(name, each.known == null ? 0 : each.known.lookedThrough())
                    .forEach(resource -> misfits.look(resource, schema));
        }
        each.made.forEach(resource -> misfits.look(resource, schema));
        if (!misfits.isEmpty()) {
            throw misfits.problem();
        }
    }

    /** What it is before the batch. One that can't be used is there to be replaced. */
    private Definition stored(String name) {
        try {
            return definitions.of(name);
        } catch (Problem unusable) {
            return Definition.NONE;
        }
    }

    /** A damaged resource is the problem of who asks, not that of the others in the commit. */
    private List<Resource> changed(String collection, long after) {
        try {
            List<Resource> changed = ledger.changed(
                    collection, after, looking.count() + 1, looking.weightBytes() + 1);
            looking.take(changed);
            return changed;
        } catch (StorageException failure) {
            throw failure.kind() == StorageException.Kind.DAMAGED ? failure.problem() : failure;
        }
    }
}
