package dev.genstore.sqlite;

import dev.genstore.query.Index;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A row of table {@code declared_index}.
 *
 * <p>Immutable.
 *
 * @param collection the key of the collection; 0 for one that was dropped
 * @param filled up to this revision resources have entries
 * @param through above this revision they have them, too
 * @param name of the collection, if that was asked for
 */
record DeclaredIndex(
        long number,
        long collection,
        Index index,
        long filled,
        long through,
        @Nullable String name) {
    /** What {@link #read} reads, of {@code declared_index i}, without the collection's name. */
    static final String COLUMNS = "i.number, i.collection, i.members, i.filled, i.through";

    static DeclaredIndex read(ResultSet row) throws SQLException {
        return new DeclaredIndex(
                row.getLong(1),
                row.getLong(2),
                Index.parse(Rows.text(row, 3)),
                row.getLong(4),
                row.getLong(5),
                row.getString(6));
    }

    boolean isWhole() {
        return filled >= through;
    }

    boolean isDropped() {
        return collection == 0;
    }

    MemberIndex order() {
        return MemberIndex.of(number, index);
    }
}
