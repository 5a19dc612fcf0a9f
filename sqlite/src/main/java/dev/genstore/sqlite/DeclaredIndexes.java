package dev.genstore.sqlite;

import dev.genstore.query.Index;
import dev.genstore.resource.Resource;
import dev.genstore.store.IndexStep;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The writer's view of the declared indexes, and of their entries in table {@code member_entry}. SQLite
 * makes and drops an index in one go, while nobody can write; entries of our own come and go a slice
 * at a time:
 *
 * <pre>
 *           declared                      not wanted any more
 * (nothing) ────────▶ FILLING ──▶ WHOLE ─────────────────────▶ EMPTYING ──▶ (nothing)
 *                        │                                         ▲
 *                        └─────────────────────────────────────────┘
 * </pre>
 *
 * <p>A resource that is written has its entries at once, whatever state an index is in. So what stood
 * when the index was declared is all that has to be gone through.
 *
 * <p>Confined to the writer thread. After a failure {@link #forget} makes it read the tables again.
 */
final class DeclaredIndexes {
    private static final int REMEMBERED_MAX = 10_000;

    /** What resources of one slice may weigh; the last one may be more. */
    private static final long SLICE_BYTES_MAX = 1 << 20;

    private static final int AT_ONCE = 1_000;

    private static final String OF_COLLECTION =
            "SELECT i.number, i.collection, i.members, i.filled,"
                    + " i.through, NULL FROM declared_index i WHERE i.collection = ? ORDER BY i.number";
    private static final String NEXT = "SELECT i.number, i.collection, i.members, i.filled,"
            + " i.through, c.name FROM declared_index i LEFT JOIN collection c ON c.key = i.collection"
            + " WHERE i.collection IS NULL OR i.filled < i.through"
            + " ORDER BY i.collection IS NULL, i.number LIMIT 1";
    private static final String INSERT = "INSERT INTO declared_index"
            + " (collection, members, filled, through) VALUES (?, ?, 0, ?)";
    private static final String FILLED = "UPDATE declared_index SET filled = ? WHERE number = ?";
    private static final String DROP =
            "UPDATE declared_index SET collection = NULL WHERE number = ?";
    private static final String DELETE = "DELETE FROM declared_index WHERE number = ?";
    private static final String EMPTY = "DELETE FROM member_entry WHERE (number, a, b, c, d, e) IN"
            + " (SELECT number, a, b, c, d, e FROM member_entry WHERE number = ? LIMIT ?)";

    private static final String STRETCH = "SELECT revision, length(body) FROM resource"
            + " INDEXED BY resource_of_collection"
            + " WHERE collection = ? AND revision > ? AND revision <= ? ORDER BY revision LIMIT ?";
    private static final String OF_STRETCH = " FROM resource INDEXED BY resource_of_collection"
            + " WHERE collection = ? AND revision > ? AND revision <= ?";
    private static final String OF_ONE =
            " FROM resource WHERE revision = ? AND collection = ? AND id = ?";

    /** By collection, so that a write looks nothing up. */
    private final Map<Long, List<Statements>> known = new HashMap<>();

    /** Whether there may be something to fill or to empty. */
    private boolean mayHaveWork = true;

    /** What a write does to an index. */
    private record Statements(String leave, String enter) {
        static Statements of(MemberIndex index) {
            return new Statements(index.leave(OF_ONE), index.enter(OF_ONE));
        }
    }

    /** A row of the table. */
    private record Declared(
            long number,
            long collection,
            Index index,
            long filled,
            long through,
            @Nullable String name) {
        static Declared read(ResultSet row) throws SQLException {
            return new Declared(
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

    /**
     * Declares those that are missing, and drops those that are not wanted.
     *
     * @param later of which not one entry is made now
     * @param head the last revision of the open transaction
     */
    void become(Session session, long collection, Set<Index> wanted, Set<Index> later, long head) {
        var missing = new LinkedHashSet<>(wanted);
        for (Declared declared : of(session, collection)) {
            if (!missing.remove(declared.index)) {
                session.update(DROP, declared.number);
            }
        }
        missing.forEach(index -> session.update(INSERT, collection, index.toString(), head));
        known.remove(collection);
        mayHaveWork = true;
        for (Declared declared : of(session, collection)) {
            if (missing.contains(declared.index) && !later.contains(declared.index)) {
                fill(session, declared);
            }
        }
    }

    private static void fill(Session session, Declared declared) {
        long filled = declared.filled;
        while (filled < declared.through) {
            filled = fill(session, declared, filled, AT_ONCE);
        }
    }

    /** A resource goes, or is going to be replaced. */
    void leave(Session session, long collection, Resource before) {
        for (Statements index : statements(session, collection)) {
            session.update(index.leave, before.revision(), collection, before.id());
        }
    }

    /** A resource was written. */
    void enter(Session session, long collection, Resource after) {
        for (Statements index : statements(session, collection)) {
            session.update(index.enter, after.revision(), collection, after.id());
        }
    }

    /** Those of a collection's indexes that are not whole. */
    Set<Index> unfinished(Session session, long collection) {
        return of(session, collection).stream()
                .filter(declared -> !declared.isWhole())
                .map(Declared::index)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Fills or empties a slice of an index. */
    IndexStep work(Session session, int countMax) {
        Declared next = mayHaveWork ? session.first(NEXT, Declared::read) : null;
        mayHaveWork = next != null;
        if (next == null) {
            return IndexStep.NOTHING;
        }
        if (next.isDropped()) {
            empty(session, next, countMax);
            return new IndexStep(true, null);
        }
        long filled = fill(session, next, next.filled, countMax);
        boolean isToTell = next.filled == 0 || filled >= next.through;
        return new IndexStep(true, isToTell ? next.name : null);
    }

    private static void empty(Session session, Declared dropped, int countMax) {
        if (session.update(EMPTY, dropped.number, countMax) < countMax) {
            session.update(DELETE, dropped.number);
        }
    }

    /** Makes the entries of the next resources; returns the revision up to which all have theirs. */
    private static long fill(Session session, Declared declared, long filled, int countMax) {
        long end = end(session, declared, filled, countMax);
        session.update(declared.order().enter(OF_STRETCH), declared.collection, filled, end);
        session.update(FILLED, end, declared.number);
        return end;
    }

    private static long end(Session session, Declared declared, long filled, int countMax) {
        var slice = new Slice(declared.through);
        session.visit(
                STRETCH,
                row -> slice.add(row.getLong(1), row.getLong(2), countMax),
                declared.collection,
                filled,
                declared.through,
                countMax);
        return slice.end;
    }

    /** How far a slice goes; if it has room for all that there is, to the end. */
    private static final class Slice {
        private long end;
        private int count;
        private long bytes;

        private Slice(long through) {
            this.end = through;
        }

        private boolean add(long revision, long length, int countMax) {
            count++;
            bytes += length;
            boolean isFull = count == countMax || bytes >= SLICE_BYTES_MAX;
            end = isFull ? revision : end;
            return !isFull;
        }
    }

    /** Drops everything that is not in the tables. */
    void forget() {
        known.clear();
        mayHaveWork = true;
    }

    private List<Statements> statements(Session session, long collection) {
        List<Statements> found = known.get(collection);
        if (found == null) {
            found = of(session, collection).stream()
                    .map(declared -> Statements.of(declared.order()))
                    .toList();
            if (known.size() >= REMEMBERED_MAX) {
                known.clear();
            }
            known.put(collection, found);
        }
        return found;
    }

    private static List<Declared> of(Session session, long collection) {
        return session.list(OF_COLLECTION, Declared::read, collection);
    }
}
