package dev.genstore.sqlite;

import dev.genstore.query.Place;
import dev.genstore.query.Sort;
import dev.genstore.query.SortValue;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One way through an index that has the order which is asked for: a list is read as it goes, and can
 * end anywhere. What the filter says about other members than the index's is a column of the result
 * and no condition, so that rows which do not match are seen and counted: otherwise SQLite would go
 * on through millions of them before it said a word.
 *
 * <p>Immutable.
 *
 * @param fixed the members that have one value on this way
 * @param cut the member that the filter may bound on it
 */
record Walk(MemberIndex index, Map<String, SortValue> fixed, String cut, ListPlan plan) {
    private static final int BODY = 6;

    /** Whether it goes through the whole collection and tries the filter on each. */
    boolean triesEach(ListQuery query) {
        return !query.filter().isAll()
                && fixed.isEmpty()
                && plan.conditionsOn(Set.of(cut), index).isEmpty();
    }

    /** Reads a page. */
    ListPage read(Session session, Turn turn, long collection, ListQuery query) {
        var gathering = new Gathering(query, turn, false);
        for (Stretch stretch : Stretches.behind(query.sort(), query.after(), fixed, index)) {
            if (!gathering.isOver()) {
                SqlCondition select = select(collection, query.sort(), stretch);
                session.visit(
                        select.sql(),
                        row -> visit(checked(row), query, gathering),
                        select.values().toArray());
            }
        }
        return gathering.page();
    }

    /** What an entry leads to is there, or else somebody would be left out of the list. */
    private ResultSet checked(ResultSet row) throws SQLException {
        if (row.getLong(1) == 0) {
            throw Failures.damaged("Index " + index.number() + " in table member_entry");
        }
        return row;
    }

    private static boolean visit(ResultSet row, ListQuery query, Gathering gathering)
            throws SQLException {
        boolean isCandidate = query.filter().isAll() || row.getBytes(BODY) != null;
        return gathering.offer(
                isCandidate ? Rows.resource(query.collection(), row) : null,
                () -> place(row, query.sort()));
    }

    private static Place place(ResultSet row, Sort sort) throws SQLException {
        List<SortValue> values = new ArrayList<>();
        for (int i = 0; i < sort.keys().size(); i++) {
            values.add(MemberSql.value(row.getObject(Rows.AFTER_RESOURCE + i)));
        }
        return new Place(values, Rows.text(row, 2));
    }

    /** The statement that reads a stretch. */
    SqlCondition select(long collection, Sort sort, Stretch stretch) {
        Set<String> bounded = new HashSet<>(fixed.keySet());
        bounded.add(cut);
        SqlCondition rest = SqlCondition.all(plan.conditionsNotOn(bounded, index));
        List<SqlCondition> where = new ArrayList<>();
        fixed.forEach((member, value) -> where.add(index.isAt(member, value)));
        where.addAll(plan.conditionsOn(Set.of(cut), index));
        where.add(stretch.condition());
        SqlCondition condition = SqlCondition.all(where);
        List<Object> values = new ArrayList<>(rest.values());
        values.addAll(condition.values());
        return new SqlCondition(
                "SELECT revision, id, created_millis, updated_millis, crc, CASE WHEN " + rest.sql()
                        + " THEN body END" + columns() + index.walked(collection) + " AND "
                        + condition.sql() + " ORDER BY " + order(sort, stretch.same()),
                values);
    }

    private String columns() {
        return plan.sortMembers().stream()
                .map(member -> ", " + index.key(member))
                .collect(Collectors.joining());
    }

    private String order(Sort sort, Set<String> same) {
        String keys = sort.keys().stream()
                .filter(key -> !same.contains(MemberSql.require(key.path())))
                .map(key -> index.key(MemberSql.require(key.path()))
                        + (key.descending() ? " DESC, " : ", "))
                .collect(Collectors.joining());
        return keys + index.sql("id") + (sort.idDescending() ? " DESC" : "");
    }
}
