package dev.genstore.sqlite;

import dev.genstore.query.Index;
import dev.genstore.query.SortValue;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/**
 * An order in which a collection's resources can be walked: that of an index of SQLite, or that of the
 * entries of a declared one.
 *
 * <p>Immutable.
 *
 * @param name of the index of SQLite; empty for a declared one
 * @param number of the declared index; 0 for one of SQLite
 * @param columns the members that it is ordered by in one collection, before the id
 */
record MemberIndex(String name, long number, List<String> columns) {
    /** The one that makes ids unique. */
    static final MemberIndex BY_ID = new MemberIndex("sqlite_autoindex_resource_1", 0, List.of());

    /** The one that has a collection's revisions, which needs no id behind. */
    static final MemberIndex BY_REVISION =
            new MemberIndex("resource_of_collection", 0, List.of("revision"));

    /** The columns of an entry, as many as an index has members and one for the id. */
    private static final List<String> PLACES = List.of("a", "b", "c", "d", "e");

    private static final String WHOLE_ONES = "SELECT number, members FROM declared_index"
            + " WHERE collection = ? AND filled >= through ORDER BY number";

    MemberIndex {
        columns = List.copyOf(columns);
    }

    /** The index that was declared as this. */
    static MemberIndex of(long number, Index declared) {
        return new MemberIndex(
                "", number, declared.members().stream().map(MemberSql::require).toList());
    }

    /** Those that were declared for a collection and are whole. */
    static List<MemberIndex> of(long collection, Session session) {
        return session.list(
                WHOLE_ONES, row -> of(row.getLong(1), Index.parse(Rows.text(row, 2))), collection);
    }

    private boolean isDeclared() {
        return number > 0;
    }

    /** Where what it is ordered by is read, with what says that it is of this collection. */
    String keys(long collection) {
        return isDeclared() ? " FROM member_entry WHERE number = " + number : rows(collection);
    }

    /** The same with the resources. An entry that leads to none is a row as well. */
    String walked(long collection) {
        return isDeclared()
                ? " FROM member_entry LEFT JOIN resource ON revision = at_revision WHERE number = "
                        + number
                : rows(collection);
    }

    /** The same with conditions on what is not in the index. */
    String searched(long collection) {
        return isDeclared()
                ? " FROM member_entry CROSS JOIN resource ON revision = at_revision WHERE number = "
                        + number
                : rows(collection);
    }

    private String rows(long collection) {
        return " FROM resource INDEXED BY " + name + " WHERE collection = " + collection;
    }

    /** A member, as it is written on this way. */
    String sql(String member) {
        return isInEntry(member) ? PLACES.get(order().indexOf(member)) : member;
    }

    /** What a member is in the order. */
    String key(String member) {
        return isInEntry(member) ? sql(member) : MemberSql.key(member);
    }

    /** Whether what it has here may be the beginning of a text. */
    boolean isInEntry(String member) {
        return isDeclared() && order().contains(member);
    }

    private List<String> order() {
        List<String> order = new ArrayList<>(columns);
        order.add("id");
        return order;
    }

    /** Whether a member has no value here where a resource lacks it. In an entry it always has one. */
    boolean hasNull(String member) {
        return MemberSql.canBeMissing(member) && !isInEntry(member);
    }

    /** That a member stands there in the order. */
    SqlCondition isAt(String member, SortValue value) {
        return is(key(member), member, value);
    }

    /** That a member has this value, as far as that is known here. */
    SqlCondition equal(String member, JsonNode value) {
        return value.isString()
                ? SqlCondition.of(sql(member) + " = ?", text(member, value.stringValue()))
                : is(sql(member), member, SortValue.of(value));
    }

    private SqlCondition is(String sql, String member, SortValue value) {
        return hasNull(member) && value instanceof SortValue.Missing
                ? SqlCondition.of(sql(member) + " IS NULL")
                : SqlCondition.of(sql + " = ?", MemberSql.parameter(value));
    }

    /** What a text is compared with: where there are only beginnings, with its own. */
    String text(String member, String text) {
        return isInEntry(member) ? new SortValue.Text(text).text() : text;
    }

    /** That a member is there and not above this value. */
    SqlCondition atMost(String member, Object bound) {
        String sql = sql(member);
        return MemberSql.canBeMissing(member) && isInEntry(member)
                ? SqlCondition.of(
                        "(" + sql + " > ? AND " + sql + " <= ?)", MemberSql.MISSING, bound)
                : SqlCondition.of(sql + " <= ?", bound);
    }

    /** What makes the entries of these resources in this table. */
    String enter(String table, String which) {
        return "INSERT OR REPLACE INTO " + table + " SELECT " + entry() + ", revision" + which;
    }

    /** What takes the entry of this resource away. */
    String leave(String which) {
        return "DELETE FROM member_entry WHERE (number, " + String.join(", ", PLACES)
                + ") = (SELECT " + entry() + which + ")";
    }

    /** The revisions of the collection's resources that have no entry. */
    String missing(long collection) {
        return "SELECT revision FROM resource WHERE collection = " + collection
                + " AND NOT EXISTS (SELECT 1 FROM member_entry WHERE (number, "
                + String.join(", ", PLACES) + ") = (" + entry() + ") AND at_revision = revision)";
    }

    /** The revisions to which an entry leads that is not theirs. */
    String astray(long collection) {
        return "SELECT revision FROM member_entry JOIN resource ON revision = at_revision"
                + " WHERE number = " + number + " AND (collection <> " + collection
                + " OR (number, "
                + String.join(", ", PLACES) + ") <> (" + entry() + "))";
    }

    private String entry() {
        List<String> entry = new ArrayList<>();
        entry.add(Long.toString(number));
        columns.stream().map(MemberSql::entry).forEach(entry::add);
        entry.add(MemberSql.entry("id"));
        while (entry.size() <= PLACES.size()) {
            entry.add("0");
        }
        return String.join(", ", entry);
    }
}
