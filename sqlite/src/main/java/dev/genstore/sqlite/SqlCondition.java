package dev.genstore.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A condition on a row in SQL, with the values of its parameters.
 *
 * <p>Immutable.
 */
record SqlCondition(String sql, List<Object> values) {
    SqlCondition {
        values = List.copyOf(values);
    }

    static SqlCondition of(String sql, Object... values) {
        return new SqlCondition(sql, List.of(values));
    }

    /** That all hold. */
    static SqlCondition all(List<SqlCondition> conditions) {
        return conditions.isEmpty() ? of("TRUE") : join(conditions, " AND ");
    }

    /** That one holds at least. */
    static SqlCondition any(List<SqlCondition> conditions) {
        return conditions.isEmpty() ? of("FALSE") : join(conditions, " OR ");
    }

    private static SqlCondition join(List<SqlCondition> conditions, String word) {
        if (conditions.size() == 1) {
            return conditions.getFirst();
        }
        var values = new ArrayList<Object>();
        conditions.forEach(condition -> values.addAll(condition.values));
        String sql = conditions.stream()
                .map(SqlCondition::sql)
                .collect(Collectors.joining(word, "(", ")"));
        return new SqlCondition(sql, values);
    }
}
