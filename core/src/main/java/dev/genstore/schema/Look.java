package dev.genstore.schema;

import tools.jackson.databind.JsonNode;

/**
 * A look of one schema at one value. Confined to one check.
 *
 * @param seen what of the value has been looked at
 */
record Look(JsonNode value, Where where, Run run, Seen seen) {
    /** Whether another schema lets the same value through. */
    boolean fits(Node schema) {
        return schema.check(value, where, run, seen);
    }

    /** The same, and nothing is told. */
    boolean wouldFit(Node schema) {
        return run.silently(() -> fits(schema));
    }

    /** Whether a schema lets this member or element through. */
    boolean partFits(String name, JsonNode part, Node schema) {
        return schema.check(part, where.to(name), run, null);
    }

    /** Tells what the value should be when it is not. */
    boolean require(boolean holds, String detail) {
        if (!holds) {
            run.tell(where, detail);
        }
        return holds;
    }

    /** Tells what a member should be when it is not. */
    boolean require(boolean holds, String member, String detail) {
        if (!holds) {
            run.tell(where.to(member), detail);
        }
        return holds;
    }
}
