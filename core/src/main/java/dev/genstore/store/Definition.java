package dev.genstore.store;

import dev.genstore.query.Index;
import dev.genstore.query.RuleCompiler;
import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a collection is defined to be: a resource of the collection {@code _collections}, under the
 * collection's name.
 *
 * <p>Immutable.
 *
 * @param schema what its resources must be like, or null when they may be anything
 * @param indexes by which they are found
 * @param rules who may do what with them
 * @param retention for how long it is known what changes did to them
 */
public record Definition(
        @Nullable Schema schema, Set<Index> indexes, Rules rules, CollectionRetention retention) {
    /** Of a collection that nobody has defined. */
    public static final Definition NONE =
            new Definition(null, Set.of(), Rules.NONE, CollectionRetention.NONE);

    /** How many indexes a collection may have. */
    public static final int INDEXES_MAX = 8;

    private static final Set<String> KNOWN = Set.of("schema", "rules", "indexes", "retention");

    public Definition {
        indexes = Set.copyOf(indexes);
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(retention, "retention");
    }

    /**
     * Reads the members of a definition.
     *
     * @param schemas reads the schema
     * @param compiler reads the rules
     * @throws Problem 400 {@code invalid-definition} that points to what is wrong
     */
    public static Definition read(Json members, SchemaReader schemas, RuleCompiler compiler) {
        JsonNode tree = members.tree();
        tree.propertyNames().forEach(Definition::requireKnown);
        return new Definition(
                tree.has("schema") ? schema(tree.get("schema"), schemas) : null,
                tree.has("indexes") ? indexes(tree.get("indexes")) : Set.of(),
                tree.has("rules") ? Rules.read(tree.get("rules"), compiler) : Rules.NONE,
                retention(tree));
    }

    private static void requireKnown(String name) {
        if (!KNOWN.contains(name) && !Building.isNamed(name)) {
            throw ProblemType.INVALID_DEFINITION.atUnknown(name, KNOWN);
        }
    }

    /**
     * Reads of the members of a definition only how long changes are kept.
     *
     * @throws Problem 400 {@code invalid-definition} that points to what is wrong
     */
    static CollectionRetention retention(JsonNode tree) {
        return tree.has("retention")
                ? CollectionRetention.read(tree.get("retention"))
                : CollectionRetention.NONE;
    }

    private static Schema schema(JsonNode json, SchemaReader schemas) {
        if (!json.isObject()) {
            throw wrong("/schema", "A schema is an object.");
        }
        try {
            Schema schema = schemas.read(json);
            requireNoneOfTheServers(json.path("required"));
            return schema;
        } catch (Problem problem) {
            throw problem.inside("/schema");
        }
    }

    /** A schema sees what clients write, and so would refuse everything. */
    private static void requireNoneOfTheServers(JsonNode required) {
        for (int i = 0; i < required.size(); i++) {
            String name = required.get(i).asString("");
            if (name.equals("id") || name.startsWith("_")) {
                throw wrong(
                        "/required/" + i,
                        "The server gives each resource its " + name
                                + "; a schema is about the other members.");
            }
        }
    }

    private static Set<Index> indexes(JsonNode json) {
        if (!json.isArray() || json.size() > INDEXES_MAX) {
            throw wrong("/indexes", "Indexes are an array of at most " + INDEXES_MAX + ".");
        }
        Set<Index> indexes = new LinkedHashSet<>();
        for (int i = 0; i < json.size(); i++) {
            if (!indexes.add(index(json.get(i), "/indexes/" + i))) {
                throw wrong("/indexes/" + i, "This index is here twice.");
            }
        }
        return indexes;
    }

    private static Index index(JsonNode json, String pointer) {
        if (!json.isString()) {
            throw wrong(pointer, "An index is a text: the members, separated by commas.");
        }
        try {
            return Index.parse(json.stringValue());
        } catch (Problem problem) {
            throw wrong(pointer, problem.detail());
        }
    }

    private static Problem wrong(String pointer, String detail) {
        return ProblemType.INVALID_DEFINITION.at(pointer, detail);
    }

    /** Why these members may not be a resource of the collection, or null when they may. */
    @Nullable Problem refusal(String collection, Json members) {
        try {
            List<Problem.FieldError> errors = schema == null ? List.of() : schema.check(members);
            return errors.isEmpty()
                    ? null
                    : ProblemType.SCHEMA.at(
                            errors,
                            "This does not fit the schema of /api/" + collection
                                    + "; errors[] says where.");
        } catch (Problem tooCostly) {
            return tooCostly;
        }
    }

    /** About how much memory it takes. */
    long weightBytes() {
        return 100 + rules.weightBytes() + (schema == null ? 0 : schema.weightBytes());
    }

    /** Whether it demands the same of resources as another one. */
    boolean hasSchemaOf(Definition other) {
        return Objects.equals(schema, other.schema);
    }
}
