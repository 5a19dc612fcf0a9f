package dev.genstore.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.genstore.query.Authority;
import dev.genstore.query.Filter;
import dev.genstore.query.Term;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What of all collections those see who have asked lately, by rules that do not change. To find it out
 * every rule has to be asked, so it is remembered; of many rules only for a few. It is found out for one
 * after the other, so that who comes with many credentials keeps one core busy, and not all.
 *
 * <p>Thread-safe. Who is not known yet waits for those before him, so neither loops nor the readers of
 * the database may find it out.
 */
final class Everywhere {
    /** How many conditions are remembered, of all who have asked together. */
    static final int CONDITIONS_MAX = 100_000;

    private static final int COUNT_MAX = 1_000;

    private final Map<String, ReadRule> rules;
    private final int countMax;
    private final ReentrantLock turn = new ReentrantLock(true);

    /** Who has not asked for longest comes first. */
    @GuardedBy("this") private final Map<Authority, Filter> known = new LinkedHashMap<>(16, 0.75f, true);

    /** By these rules, in the collections that have these names. */
    Everywhere(Map<String, ReadRule> rules) {
        this.rules = rules;
        this.countMax = Math.clamp(CONDITIONS_MAX / (rules.size() + 1), 1, COUNT_MAX);
    }

    /** What somebody sees. */
    Filter filter(Authority by) {
        Filter remembered = known(by);
        if (remembered != null) {
            return remembered;
        }
        turn.lock();
        try {
            Filter meanwhile = known(by);
            return meanwhile == null ? findOut(by) : meanwhile;
        } finally {
            turn.unlock();
        }
    }

    private Filter findOut(Authority by) {
        Filter found = find(rules, by);
        remember(by, found);
        return found;
    }

    private static Filter find(Map<String, ReadRule> rules, Authority by) {
        Map<String, Term> conditions = new HashMap<>();
        rules.forEach((name, rule) -> {
            Filter seen = rule.filter(by);
            if (!seen.isNone()) {
                conditions.put(name, seen.term());
            }
        });
        return Filter.of(new Term.ByCollection(conditions));
    }

    /** The same if it was found out lately, else null; waits for nobody. */
    synchronized @Nullable Filter known(Authority by) {
        return known.get(by);
    }

    private synchronized void remember(Authority by, Filter found) {
        known.put(by, found);
        if (known.size() > countMax) {
            known.remove(known.keySet().iterator().next());
        }
    }
}
