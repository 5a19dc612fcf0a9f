package dev.genstore.store;

import dev.genstore.resource.Problem;
import dev.genstore.resource.Problem.FieldError;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The stored resources that a new schema would refuse. Confined to one thread. */
final class Misfits {
    /** How many are named. */
    private static final int NAMED_MAX = 20;

    private final List<FieldError> named = new ArrayList<>();
    private long count;
    private @Nullable Long lookedMax;

    /** Looks at one more resource. */
    void look(Resource resource, Schema schema) {
        try {
            List<FieldError> errors = schema.check(resource.members());
            if (!errors.isEmpty()) {
                add(
                        resource,
                        errors.getFirst().pointer() + ": " + errors.getFirst().detail());
            }
        } catch (Problem tooCostly) {
            add(resource, tooCostly.detail());
        }
    }

    private void add(Resource resource, String why) {
        count++;
        if (named.size() < NAMED_MAX) {
            named.add(new FieldError("/schema", resource.path() + " " + why));
        }
    }

    /** There are more than so many resources, and the rest was not looked at. */
    void tooMany(long looked) {
        lookedMax = looked;
    }

    /** How many there are among those that were looked at. */
    long count() {
        return count;
    }

    /** The first of them, and what is wrong with each. */
    List<FieldError> named() {
        return List.copyOf(named);
    }

    /** Whether all resources were looked at. */
    boolean areAll() {
        return lookedMax == null;
    }

    boolean isEmpty() {
        return count == 0 && lookedMax == null;
    }

    /** What the writer of the schema is told. */
    Problem problem() {
        String which = count > NAMED_MAX ? "errors[] names " + NAMED_MAX : "errors[] names all";
        String looked = lookedMax == null ? "" : " Only " + lookedMax + " were looked at.";
        return ProblemType.SCHEMA_CONFLICT.at(
                named,
                count + " stored resources do not fit this schema; " + which + "." + looked
                        + " Change them first, or send Prefer: handling=lenient to have future"
                        + " writes checked only.");
    }
}
