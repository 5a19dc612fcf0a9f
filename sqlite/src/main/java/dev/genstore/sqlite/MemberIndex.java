package dev.genstore.sqlite;

import dev.genstore.query.Index;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An index by which a collection's resources can be walked.
 *
 * @param name of the index in SQLite
 * @param columns what it is ordered by in one collection, before the id
 */
record MemberIndex(String name, List<String> columns) {
    /** The one that makes ids unique. */
    static final MemberIndex BY_ID = new MemberIndex("sqlite_autoindex_resource_1", List.of());

    /** The one that has a collection's revisions, which needs no id behind. */
    static final MemberIndex BY_REVISION =
            new MemberIndex("resource_of_collection", List.of("revision"));

    private static final String OF_COLLECTION =
            "SELECT key, members FROM member_index WHERE collection = ? ORDER BY key";

    MemberIndex {
        columns = List.copyOf(columns);
    }

    /** The index that was declared as this. */
    static MemberIndex of(long key, Index declared) {
        return new MemberIndex(
                "member_index_" + key,
                declared.members().stream().map(MemberSql::require).toList());
    }

    /** Those that were declared for a collection. */
    static List<MemberIndex> of(long collection, Session session) {
        return session.list(
                OF_COLLECTION,
                row -> of(row.getLong(1), Index.parse(Rows.text(row, 2))),
                collection);
    }

    /** The statement that makes it for a collection. */
    String definition(long collection) {
        String by = columns.stream().collect(Collectors.joining(", ", "", ", id"));
        return "CREATE INDEX " + name + " ON resource (" + by + ") WHERE collection = "
                + collection;
    }
}
