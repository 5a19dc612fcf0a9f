package dev.genstore.store;

import dev.genstore.query.Authority;
import dev.genstore.query.Rule;
import dev.genstore.resource.Json;
import dev.genstore.resource.Names;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/**
 * Whether rules let somebody do the writes of a batch, by what they are at that moment, the earlier
 * writes of the batch included.
 *
 * <p>Confined to one transaction.
 */
final class Permission {
    private final Function<String, Definition> definitions;
    private final Authority by;
    private final String epoch;

    /**
     * Of a batch.
     *
     * @param definitions what collections are defined to be by now
     * @param by in whose name it is done
     * @param epoch the store's
     */
    Permission(Function<String, Definition> definitions, Authority by, String epoch) {
        this.definitions = definitions;
        this.by = by;
        this.epoch = epoch;
    }

    /**
     * What a write makes, if he may do it and the resource is what he thinks it is; that he may see it
     * was made sure of. Who may not make a resource is told neither whether there is one nor which.
     *
     * @param making a resource of members
     * @return its members from now on, or null when it is gone
     * @throws Problem when he may not, or the edit does not fit what is there
     */
    @Nullable Json permit(Write write, @Nullable Resource before, Function<Json, Resource> making) {
        if (before == null && write.edit().needsResource()) {
            throw missing(write);
        }
        boolean isMade = before == null || write.edit() instanceof Edit.Create;
        if (isMade) {
            check(write, null, resource(write.edit().apply(null), making));
        }
        write.precondition().check(before, epoch);
        Json members = write.edit().apply(before);
        if (!isMade) {
            check(write, before, resource(members, making));
        }
        return members;
    }

    private static @Nullable Resource resource(
            @Nullable Json members, Function<Json, Resource> making) {
        return members == null ? null : making.apply(members);
    }

    /**
     * Refuses what would tell of a resource that he may not read, before anything else is looked at.
     *
     * @throws Problem as if it were not there, and could not be made
     */
    void requireSight(Write write, @Nullable Resource before) {
        if (by.isAll() || before == null || sees(before)) {
            return;
        }
        if (write.edit().needsResource()) {
            throw missing(write);
        }
        if (!(write.edit() instanceof Edit.Create)) {
            throw forbidden(write, "create"); // as where there is none
        }
    }

    /**
     * What is read of a resource for a write, which he may be told: it is nothing where he may not be
     * told either that there is one.
     */
    static long told(Write write, @Nullable Resource before) {
        if (before == null || write.edit() instanceof Edit.Create) {
            return 0;
        }
        return before.weightBytes();
    }

    /** What is answered where there is no resource that could be written. */
    private static Problem missing(Write write) {
        return ProblemType.NOT_FOUND.because("There is no /api/" + write.collection() + "/"
                + write.id() + "; it may have been deleted.");
    }

    private boolean sees(Resource resource) {
        return rules(resource.collection()).read().filter(by).matches(resource);
    }

    /**
     * Decides about a write that makes {@code next} of {@code before}.
     *
     * @throws Problem 403
     */
    private void check(Write write, @Nullable Resource before, @Nullable Resource next) {
        if (by.isAll()) {
            return;
        }
        Rules rules = rules(write.collection());
        String name = before == null ? "create" : next == null ? "delete" : "update";
        Rule rule =
                before == null ? rules.create() : next == null ? rules.delete() : rules.update();
        if (!rule.lets(by, before, next)) {
            throw forbidden(write, name);
        }
    }

    private Rules rules(String collection) {
        return collection.equals(Names.DEFINITIONS)
                ? Rules.NONE
                : definitions.apply(collection).rules();
    }

    private static Problem forbidden(Write write, String rule) {
        return ProblemType.FORBIDDEN.because(
                write.collection().equals(Names.DEFINITIONS)
                        ? "Only who administers writes definitions; that is the scope 'admin'."
                        : "No '" + rule + "' rule of /api/" + write.collection()
                                + " lets you do this.");
    }
}
