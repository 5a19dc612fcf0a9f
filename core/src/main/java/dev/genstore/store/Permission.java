package dev.genstore.store;

import dev.genstore.query.Authority;
import dev.genstore.query.Rule;
import dev.genstore.resource.Names;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;

/**
 * Whether rules let somebody do the writes of a batch, by what they are at that moment, the earlier
 * writes of the batch included.
 *
 * <p>Confined to one transaction.
 */
final class Permission {
    private final Admission admission;
    private final Authority by;

    Permission(Admission admission, Authority by) {
        this.admission = admission;
        this.by = by;
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

    /** What is answered where there is no resource that could be written. */
    static Problem missing(Write write) {
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
    void check(Write write, @Nullable Resource before, @Nullable Resource next) {
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
                : admission.definition(collection).rules();
    }

    private static Problem forbidden(Write write, String rule) {
        return ProblemType.FORBIDDEN.because(
                write.collection().equals(Names.DEFINITIONS)
                        ? "Only who administers writes definitions; that is the scope 'admin'."
                        : "No '" + rule + "' rule of /api/" + write.collection()
                                + " lets you do this.");
    }
}
