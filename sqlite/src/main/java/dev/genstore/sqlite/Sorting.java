package dev.genstore.sqlite;

import dev.genstore.query.Place;
import dev.genstore.query.Sort;
import dev.genstore.query.SortValue;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads a page in an order that no index has: SQLite sorts the keys of all candidates, and those that
 * come first are read one by one.
 *
 * <p>Immutable.
 *
 * @param index that finds the candidates
 * @param selection what it finds them by
 */
record Sorting(MemberIndex index, SqlCondition selection, ListPlan plan) {
    /** How many candidates are kept while they are sorted, which bounds the memory. */
    private static final int CANDIDATES_MAX = 10_000;

    private static final String ONE =
            "SELECT " + Rows.RESOURCE + " FROM resource r WHERE revision = ?";

    /** A row that may match. */
    private record Candidate(long revision, Place place) {}

    /** Counts the resources that would be sorted, up to one more than that. */
    long count(Session session, long collection, int countMax) {
        return session.number(
                "SELECT count(*) FROM (SELECT 1" + index.keys(collection) + " AND "
                        + selection.sql() + " LIMIT " + (countMax + 1L) + ")",
                selection.values().toArray());
    }

    /**
     * Reads a page.
     *
     * @param count how many are sorted, each of which is looked at for that once
     */
    ListPage read(Session session, Turn turn, long collection, ListQuery query, long count) {
        turn.look(count);
        List<Candidate> candidates = candidates(session, collection, query);
        var gathering = new Gathering(query, turn, true);
        for (Candidate candidate : candidates) {
            if (!gathering.isOver()) {
                session.first(
                        ONE, row -> offer(row, query, gathering, candidate), candidate.revision);
            }
        }
        if (!gathering.isOver() && candidates.size() == CANDIDATES_MAX) {
            gathering.endAt(candidates.getLast().place);
        }
        return gathering.page(count);
    }

    private static boolean offer(
            ResultSet row, ListQuery query, Gathering gathering, Candidate candidate)
            throws SQLException {
        return gathering.offer(Rows.resource(query.collection(), row), () -> candidate.place);
    }

    private List<Candidate> candidates(Session session, long collection, ListQuery query) {
        Sort sort = query.sort();
        List<SqlCondition> where = new ArrayList<>(plan.conditions(index));
        where.add(SqlCondition.any(
                Stretches.behind(sort, query.after(), Map.of(), MemberIndex.BY_ID).stream()
                        .map(Stretch::condition)
                        .toList()));
        SqlCondition condition = SqlCondition.all(where);
        String keys = plan.sortMembers().stream()
                .map(MemberSql::key)
                .map(", "::concat)
                .collect(Collectors.joining());
        return session.list(
                "SELECT revision, id" + keys + index.searched(collection) + " AND "
                        + condition.sql() + " ORDER BY " + order(sort) + " LIMIT " + CANDIDATES_MAX,
                row -> candidate(row, sort),
                condition.values().toArray());
    }

    private static Candidate candidate(ResultSet row, Sort sort) throws SQLException {
        List<SortValue> values = new ArrayList<>();
        for (int i = 0; i < sort.keys().size(); i++) {
            values.add(MemberSql.value(row.getObject(3 + i)));
        }
        return new Candidate(row.getLong(1), new Place(values, Rows.text(row, 2)));
    }

    /** By the number of the column, so that each key is made once. */
    private static String order(Sort sort) {
        var order = new StringBuilder();
        for (int i = 0; i < sort.keys().size(); i++) {
            order.append(3 + i).append(sort.keys().get(i).descending() ? " DESC, " : ", ");
        }
        return order.append(sort.idDescending() ? "2 DESC" : "2").toString();
    }
}
