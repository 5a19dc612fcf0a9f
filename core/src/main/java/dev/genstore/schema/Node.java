package dev.genstore.schema;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/**
 * A schema, or one inside another. It is filled while a schema is read and does not change later.
 *
 * <p>Thread-safe once it was read.
 */
final class Node {
    private final List<Rule> rules = new ArrayList<>();
    private final List<Rule> lastRules = new ArrayList<>();
    private final List<Node> sameValue = new ArrayList<>();

    /** One more demand. */
    void add(Rule rule) {
        rules.add(rule);
    }

    /** A demand that depends on what the others have looked at. */
    void addLast(Rule rule) {
        lastRules.add(rule);
    }

    /** Remembers that another schema is asked about the same value. */
    void asks(Node other) {
        sameValue.add(other);
    }

    /** Those that are asked about the same value. */
    List<Node> asked() {
        return sameValue;
    }

    /**
     * Whether the value fits.
     *
     * @param into is told what was looked at, if it does; may be null when nobody cares
     */
    boolean check(JsonNode value, Where where, Run run, @Nullable Seen into) {
        run.enter();
        var look = new Look(value, where, run, run.nothingSeen());
        boolean fits = all(rules, look) && all(lastRules, look);
        run.leave();
        if (fits && into != null) {
            into.add(look.seen());
        }
        return fits;
    }

    private static boolean all(List<Rule> rules, Look look) {
        boolean fits = true;
        for (Rule rule : rules) {
            if (!fits && look.run().hasEnough()) {
                return false;
            }
            fits &= rule.fits(look);
        }
        return fits;
    }
}
