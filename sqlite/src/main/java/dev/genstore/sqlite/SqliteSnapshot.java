package dev.genstore.sqlite;

import dev.genstore.resource.LogEntry;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;
import dev.genstore.store.CollectionState;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.Past;
import dev.genstore.store.Snapshot;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * What a read transaction sees. The first query decides which state that is.
 *
 * <p>Confined to one read.
 */
final class SqliteSnapshot implements Snapshot {
    private static final String OF_COLLECTION =
            " FROM resource r WHERE r.collection = (SELECT key FROM collection WHERE name = ?)";
    private static final String FIND = "SELECT " + Rows.RESOURCE + OF_COLLECTION + " AND r.id = ?";
    private static final String STATE_OF_COLLECTION = "SELECT " + Rows.RESOURCE + OF_COLLECTION
            + " AND r.revision > ? AND r.revision <= ? ORDER BY r.revision LIMIT ?";
    private static final String STATE_OF_ONE = "SELECT " + Rows.RESOURCE + OF_COLLECTION
            + " AND r.id = ? AND r.revision > ? AND r.revision <= ? LIMIT ?";
    private static final String STATE = "SELECT " + Rows.RESOURCE + ", c.name"
            + " FROM resource r LEFT JOIN collection c ON c.key = r.collection"
            + " WHERE r.revision > ? AND r.revision <= ? ORDER BY r.revision LIMIT ?";
    private static final String COLLECTIONS = "SELECT " + Rows.COLLECTION
            + " FROM collection c WHERE c.name > ? ORDER BY c.name LIMIT ?";
    private static final String COLLECTION =
            "SELECT " + Rows.COLLECTION + " FROM collection c WHERE c.name = ?";
    private static final String DELETION = """
            SELECT max(revision) FROM log WHERE after_created_millis IS NULL \
            AND collection = (SELECT key FROM collection WHERE name = ?) AND id = ?""";
    private static final String LAST_DELETION = """
            SELECT max(revision) FROM log WHERE after_created_millis IS NULL \
            AND collection = (SELECT key FROM collection WHERE name = ?)""";
    private static final String ENTRIES = "SELECT " + Rows.CHANGE
            + " FROM log l LEFT JOIN collection c ON c.key = l.collection"
            + " WHERE l.revision > ? AND l.revision <= ? ORDER BY l.revision";

    private final Session session;
    private final Turn turn;
    private @Nullable History history;

    SqliteSnapshot(Session session, Turn turn) {
        this.session = session;
        this.turn = turn;
    }

    @Override
    public long head() {
        return history().head();
    }

    @Override
    public long headMillis() {
        return history().headMillis();
    }

    @Override
    public long horizon() {
        return history().horizon();
    }

    @Override
    public @Nullable Resource find(String collection, String id) {
        return session.first(FIND, row -> Rows.resource(collection, row), collection, id);
    }

    @Override
    public ListPage list(ListQuery query) {
        turn.beginList();
        return new ListReading(session, turn, query).read();
    }

    @Override
    public List<CollectionState> collections(String afterName, int countMax) {
        turn.beginList();
        turn.goOn();
        return session.list(COLLECTIONS, Rows::collection, afterName, countMax);
    }

    @Override
    public long lastChange(Target target) {
        return switch (target) {
            case Target.Everything everything -> head();
            case Target.InCollection in -> lastChange(in.collection());
            case Target.Single single -> lastChange(single.collection(), single.id());
        };
    }

    @Override
    public long lastDeletion(String collection) {
        return session.number(LAST_DELETION, collection);
    }

    @Override
    public List<Resource> state(
            Target target, long afterRevision, long throughRevision, int countMax, long weightMax) {
        return switch (target) {
            case Target.Everything everything ->
                Rows.resources(
                        session,
                        weightMax,
                        STATE,
                        SqliteSnapshot::named,
                        afterRevision,
                        throughRevision,
                        countMax);
            case Target.InCollection in ->
                Rows.resources(
                        session,
                        weightMax,
                        STATE_OF_COLLECTION,
                        row -> Rows.resource(in.collection(), row),
                        in.collection(),
                        afterRevision,
                        throughRevision,
                        countMax);
            case Target.Single single ->
                Rows.resources(
                        session,
                        weightMax,
                        STATE_OF_ONE,
                        row -> Rows.resource(single.collection(), row),
                        single.collection(),
                        single.id(),
                        afterRevision,
                        throughRevision,
                        countMax);
        };
    }

    @Override
    public List<LogEntry> log(long afterRevision, int countMax, long weightMax) {
        if (afterRevision < horizon()) {
            throw new IllegalArgumentException(
                    "afterRevision is below the horizon: " + afterRevision + " < " + horizon());
        }
        long through = Math.min(head(), afterRevision + countMax);
        var page = new LogPage(afterRevision, through, weightMax);
        session.visit(ENTRIES, row -> page.add(Rows.entry(row)), afterRevision, through);
        return page.entries();
    }

    @Override
    public Past past(long revision, Past.Bounds bounds) {
        if (revision < horizon() || revision > head()) {
            throw new IllegalArgumentException("revision is not from the horizon to the head: "
                    + horizon() + " <= " + revision + " <= " + head());
        }
        turn.beginList();
        return new SqlitePast(session, turn, this, revision, bounds);
    }

    private long lastChange(String collection) {
        CollectionState state = session.first(COLLECTION, Rows::collection, collection);
        return state == null ? 0 : state.revision();
    }

    /** What is there has changed last when it became what it is. */
    private long lastChange(String collection, String id) {
        Resource resource = find(collection, id);
        return resource == null ? session.number(DELETION, collection, id) : resource.revision();
    }

    private static Resource named(ResultSet row) throws SQLException {
        return Rows.resource(Rows.text(row, Rows.AFTER_RESOURCE), row);
    }

    private History history() {
        if (history == null) {
            history = History.read(session);
        }
        return history;
    }
}
