package dev.genstore.sqlite;

import dev.genstore.query.Filter;
import dev.genstore.query.Term;
import dev.genstore.resource.Change;
import dev.genstore.resource.LogEntry;
import dev.genstore.resource.Resource;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.LookBack;
import dev.genstore.store.Past;
import dev.genstore.store.StorageException;
import dev.genstore.store.StorageException.Kind;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.LongNode;

import java.util.List;
import java.util.Objects;

/**
 * The state behind an earlier change, without an index for it, so that no write pays.
 *
 * <p>A resource is followed back from where it is now, or from its first deletion since, over the
 * revision that each change names as the one before it. A list has those that have not changed since,
 * and of each other one what its first change since says of the state before. What is cut may have
 * been the first of one.
 *
 * <p>Confined to one read.
 */
final class SqlitePast implements Past {
    private static final String KEY = "SELECT key FROM collection WHERE name = ?";
    private static final String FIRST_DELETION = """
            SELECT min(revision) FROM log WHERE after_created_millis IS NULL \
            AND collection = ? AND id = ? AND revision > ?""";
    private static final String LOG = "SELECT " + Rows.CHANGE
            + " FROM log l LEFT JOIN collection c ON c.key = l.collection WHERE ";
    private static final String CHANGE = LOG + "l.revision = ?";
    private static final String FIRST_CHANGES =
            LOG + "l.revision > ? AND (l.before_revision <= ? OR l.cut) AND l.collection = ?"
                    + " ORDER BY l.revision DESC";

    private final Session session;
    private final Turn turn;
    private final SqliteSnapshot present;
    private final long revision;
    private final Bounds bounds;

    SqlitePast(Session session, Turn turn, SqliteSnapshot present, long revision, Bounds bounds) {
        this.session = session;
        this.turn = turn;
        this.present = present;
        this.revision = revision;
        this.bounds = bounds;
    }

    @Override
    public @Nullable Resource find(String collection, String id) {
        var back = new LookBack(bounds);
        long deletion =
                session.number(FIRST_DELETION, session.number(KEY, collection), id, revision);
        Resource state = deletion == 0 ? present.find(collection, id) : before(deletion, back);
        while (state != null && state.revision() > revision) {
            state = before(state.revision(), back);
        }
        return state;
    }

    private @Nullable Resource before(long changed, LookBack back) {
        turn.look(1);
        LogEntry entry = session.first(CHANGE, Rows::entry, changed);
        if (entry == null) {
            throw new StorageException(
                    Kind.DAMAGED, "Revision " + changed + " is missing in table log.", null);
        }
        return back.look(entry).before();
    }

    @Override
    public ListPage list(ListQuery query) {
        var back = new LookBack(bounds);
        back.require(present.head() - revision);
        turn.look(present.head() - revision);
        var sifting = new Sifting(query, turn);
        session.visit(
                FIRST_CHANGES,
                row -> {
                    Change first = back.look(Rows.entry(row));
                    sifting.offer(Objects.requireNonNull(first.before()));
                    return true;
                },
                revision,
                revision,
                session.number(KEY, query.collection()));
        ListPage unchanged = present.list(unchanged(query));
        return new Merging(query).merge(List.of(unchanged, sifting.page()));
    }

    /** The same of those that have not changed since. */
    private ListQuery unchanged(ListQuery query) {
        Filter notSince = Filter.of(new Term.Comparison(
                Term.Relation.LESS_OR_EQUAL,
                Term.Member.of("_revision"),
                new Term.Constant(LongNode.valueOf(revision))));
        return new ListQuery(
                query.collection(),
                query.filter().and(notSince),
                query.sort(),
                query.after(),
                query.bounds());
    }
}
