package dev.genstore.sqlite;

import java.util.Set;

/**
 * A part of an index that is walked in one statement.
 *
 * <p>Immutable.
 *
 * @param condition what lies on it
 * @param same members that have one value on it, so that an order by them would only make SQLite sort:
 *     it does not see that an expression is constant
 */
record Stretch(SqlCondition condition, Set<String> same) {
    Stretch {
        same = Set.copyOf(same);
    }
}
