package dev.genstore.sqlite;

import dev.genstore.query.Index;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Makes and drops the declared indexes of a collection, in the open transaction. Each is an index of
 * its own, with the collection in its condition, so that other collections pay nothing for it.
 *
 * <p>SQLite makes an index in one go: other writes wait meanwhile, readers do not.
 */
final class DeclaredIndexes {
    private static final String STORED =
            "SELECT members, key FROM member_index WHERE collection = ?";
    private static final String INSERT =
            "INSERT INTO member_index (collection, members) VALUES (?, ?)";
    private static final String DELETE = "DELETE FROM member_index WHERE key = ?";

    private final Session session;
    private final long collection;

    DeclaredIndexes(Session session, long collection) {
        this.session = session;
        this.collection = collection;
    }

    /** Makes those that are missing, and drops those that are not wanted. */
    void become(Set<Index> wanted) {
        Map<Index, Long> stored = stored();
        stored.forEach((index, key) -> {
            if (!wanted.contains(index)) {
                session.script("DROP INDEX " + MemberIndex.of(key, index).name());
                session.update(DELETE, key);
            }
        });
        for (Index index : wanted) {
            if (!stored.containsKey(index)) {
                make(index);
            }
        }
    }

    private void make(Index index) {
        session.update(INSERT, collection, index.toString());
        long key = session.number("SELECT last_insert_rowid()");
        session.script(MemberIndex.of(key, index).definition(collection));
    }

    private Map<Index, Long> stored() {
        var stored = new HashMap<Index, Long>();
        session.visit(
                STORED,
                row -> {
                    stored.put(Index.parse(Rows.text(row, 1)), row.getLong(2));
                    return true;
                },
                collection);
        return stored;
    }
}
