package dev.genstore.sqlite;

import dev.genstore.query.Index;
import dev.genstore.resource.Resource;
import dev.genstore.store.IndexStep;
import dev.genstore.store.StorageException;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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

    private static final String OF_COLLECTION = "SELECT " + DeclaredIndex.COLUMNS
            + ", NULL FROM declared_index i WHERE i.collection = ? ORDER BY i.number";
    private static final String NEXT = "SELECT " + DeclaredIndex.COLUMNS
            + ", c.name FROM declared_index i LEFT JOIN collection c ON c.key = i.collection"
            + " WHERE i.collection IS NULL OR i.filled < i.through"
            + " ORDER BY i.collection IS NULL, i.number";
    private static final String INSERT = "INSERT INTO declared_index"
            + " (collection, members, filled, through) VALUES (?, ?, 0, ?)";
    private static final String DROP =
            "UPDATE declared_index SET collection = NULL WHERE number = ?";
    private static final String DELETE = "DELETE FROM declared_index WHERE number = ?";
    static final String EMPTY = "DELETE FROM member_entry WHERE (number, a, b, c, d, e) IN"
            + " (SELECT number, a, b, c, d, e FROM member_entry WHERE number = ? LIMIT ?)";

    private static final String OF_ONE =
            " FROM resource WHERE revision = ? AND collection = ? AND id = ?";

    /** By collection, so that a write looks nothing up. */
    private final Map<Long, List<Statements>> known = new HashMap<>();

    private final IndexFilling filling = new IndexFilling();

    /** The numbers of those that can't be filled; they are passed over. */
    private final Set<Long> stuck = new HashSet<>();

    /** Whether there may be something to fill or to empty. */
    private boolean mayHaveWork = true;

    /** What a write does to an index. */
    private record Statements(String leave, String enter) {
        static Statements of(MemberIndex index) {
            return new Statements(index.leave(OF_ONE), index.enter("member_entry", OF_ONE));
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
        for (DeclaredIndex declared : of(session, collection)) {
            if (!missing.remove(declared.index())) {
                session.update(DROP, declared.number());
                stuck.remove(declared.number());
            }
        }
        missing.forEach(index -> session.update(INSERT, collection, index.toString(), head));
        known.remove(collection);
        mayHaveWork = true;
        for (DeclaredIndex declared : of(session, collection)) {
            if (missing.contains(declared.index()) && !later.contains(declared.index())) {
                IndexFilling.fill(session, declared);
            }
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

    /** Those of a collection's indexes that are whole, or those that are not. */
    Set<Index> ofCollection(Session session, long collection, boolean areWhole) {
        return of(session, collection).stream()
                .filter(declared -> declared.isWhole() == areWhole)
                .map(DeclaredIndex::index)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Fills or empties a slice of an index. */
    IndexStep work(Session session, int countMax) {
        DeclaredIndex next = mayHaveWork ? next(session) : null;
        mayHaveWork = next != null;
        if (next == null) {
            return IndexStep.NOTHING;
        }
        if (next.isDropped()) {
            empty(session, next, countMax);
            return new IndexStep(true, null);
        }
        boolean isFirst = filling.isFirstOf(next);
        boolean isWhole = fill(session, next, countMax);
        return new IndexStep(true, isFirst || isWhole ? next.name() : null);
    }

    private @Nullable DeclaredIndex next(Session session) {
        List<DeclaredIndex> next = new ArrayList<>(1);
        session.visit(NEXT, row -> {
            DeclaredIndex each = DeclaredIndex.read(row);
            boolean isNext = each.isDropped() || !stuck.contains(each.number());
            if (isNext) {
                next.add(each);
            }
            return !isNext;
        });
        return next.isEmpty() ? null : next.getFirst();
    }

    /** What the storage can do nothing about would happen again: a backup has to come. */
    private boolean fill(Session session, DeclaredIndex index, int countMax) {
        try {
            return filling.step(session, index, countMax);
        } catch (StorageException failure) {
            if (failure.kind() != StorageException.Kind.DAMAGED) {
                throw failure;
            }
            throw new StorageException(failure.kind(), stuck(index, failure), failure);
        } catch (RuntimeException bug) {
            throw new IllegalStateException(stuck(index, bug), bug);
        }
    }

    private String stuck(DeclaredIndex index, RuntimeException failure) {
        stuck.add(index.number());
        filling.forget();
        return "The index " + index.index() + " of /api/" + index.name()
                + " is not built until the next start, or until it is declared anew: "
                + failure.getMessage();
    }

    private void empty(Session session, DeclaredIndex dropped, int countMax) {
        filling.giveUp(session, dropped);
        if (session.update(EMPTY, dropped.number(), countMax) < countMax) {
            session.update(DELETE, dropped.number());
        }
    }

    /** Drops everything that is not in the tables. */
    void forget() {
        known.clear();
        filling.forget();
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

    private static List<DeclaredIndex> of(Session session, long collection) {
        return session.list(OF_COLLECTION, DeclaredIndex::read, collection);
    }
}
