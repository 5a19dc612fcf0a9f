package dev.genstore.store;

import dev.genstore.query.RuleCompiler;
import dev.genstore.resource.Json;
import dev.genstore.resource.Names;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The definitions of collections, as the writer needs them for every write. They are looked up once
 * and remembered, those of collections without one too.
 *
 * <p>Confined to the writer thread, but for {@link #durable}.
 */
final class Definitions {
    private static final Logger LOG = LoggerFactory.getLogger(Definitions.class);
    private static final int REMEMBERED_MAX = 10_000;
    private static final long REMEMBERED_WEIGHT_MAX = 64L << 20;

    private final Plan.Stored stored;
    private final SchemaReader schemas;
    private final RuleCompiler rules;
    private final Map<String, Definition> durable = new ConcurrentHashMap<>();

    /** What the open transaction makes of some. */
    private final Map<String, Definition> open = new HashMap<>();

    private long weightBytes;

    /** Looks up definitions among the resources of the open transaction. */
    Definitions(Plan.Stored stored, SchemaReader schemas, RuleCompiler rules) {
        this.stored = stored;
        this.schemas = schemas;
        this.rules = rules;
    }

    /** The definition of a collection as it was last known to be durable, or null. Any thread may ask. */
    @Nullable Definition durable(String collection) {
        return durable.get(collection);
    }

    /**
     * The definition of a collection in the open transaction.
     *
     * @throws Problem 500 {@code damaged} when it can't be read
     */
    Definition of(String collection) {
        Definition here = open.get(collection);
        if (here == null) {
            here = durable.get(collection);
        }
        return here == null ? lookUp(collection) : here;
    }

    /** What is not in {@code open} has not been changed by the open transaction. */
    private Definition lookUp(String collection) {
        Resource resource = stored.find(Names.DEFINITIONS, collection);
        Definition found = resource == null ? Definition.NONE : readStored(resource);
        remember(collection, found);
        return found;
    }

    /** One that takes the place of another counts as one more: they are forgotten a little early. */
    private void remember(String collection, Definition definition) {
        weightBytes += definition.weightBytes();
        if (durable.size() >= REMEMBERED_MAX || weightBytes > REMEMBERED_WEIGHT_MAX) {
            durable.clear();
            weightBytes = definition.weightBytes();
        }
        durable.put(collection, definition);
    }

    private Definition readStored(Resource resource) {
        try {
            return read(resource.members());
        } catch (Problem problem) {
            LOG.error("{} can't be used: {} {}", resource.path(), problem, problem.errors());
            throw ProblemType.DAMAGED.because(
                    "The definition " + resource.path() + " can't be used; write it anew.");
        }
    }

    /**
     * What the members of a definition say. Any thread may ask.
     *
     * @throws Problem 400 {@code invalid-definition}
     */
    Definition read(Json members) {
        return Definition.read(members, schemas, rules);
    }

    /** The open transaction has this definition. */
    void define(String collection, Definition definition) {
        open.put(collection, definition);
    }

    /** The transaction is durable. */
    void commit() {
        open.forEach(this::remember);
        open.clear();
    }

    /** Nobody knows what became of the transaction. */
    void forget() {
        open.clear();
        durable.clear();
        weightBytes = 0;
    }
}
