package dev.genstore.sqlite;

import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 *  * The statements that append one change. The first writes the log, the next the resource, between
 * those that keep its entries in declared indexes. SQLite undoes a statement that fails, and what is
 * refused has no entries, so when it is, only the first has to be taken back: that is much cheaper than
 * a savepoint around each change.
 *  *
 * <p>Confined to the writer thread.
 */
final class Append {
    private static final String LOG = """
            INSERT INTO log (revision, time_millis, collection, id, origin, \
            before_revision, before_created_millis, before_updated_millis, \
            after_created_millis, after_updated_millis, crc, before_body, after_body, \
            batch_first, batch_last, traceparent) \
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String UNLOG = "DELETE FROM log WHERE revision = ?";
    private static final String CREATE = """
            INSERT INTO resource (revision, collection, id, created_millis, updated_millis, crc, body) \
            VALUES (?, ?, ?, ?, ?, ?, ?)""";
    private static final String UPDATE = """
            UPDATE resource SET revision = ?, created_millis = ?, updated_millis = ?, crc = ?, body = ? \
            WHERE revision = ? AND collection = ? AND id = ?""";
    private static final String DELETE =
            "DELETE FROM resource WHERE revision = ? AND collection = ? AND id = ?";

    private final Session session;
    private final Change change;
    private final long collection;
    private final DeclaredIndexes indexes;

    private Append(Session session, Change change, long collection, DeclaredIndexes indexes) {
        this.session = session;
        this.change = change;
        this.collection = collection;
        this.indexes = indexes;
    }

    /**
     * Appends the change.
     *
     * @param collection the key of its collection
     * @param indexes what keeps the entries of the declared indexes
     * @throws IllegalArgumentException when it does not fit what is stored; nothing is left of it
     */
    static void run(Session session, Change change, long collection, DeclaredIndexes indexes) {
        var append = new Append(session, change, collection, indexes);
        append.log();
        try {
            append.store();
        } catch (IllegalArgumentException refusal) {
            session.update(UNLOG, change.revision());
            throw refusal;
        }
    }

    private void log() {
        Resource before = change.before();
        Resource after = change.after();
        Change.Batch batch = change.batch();
        session.update(
                LOG,
                change.revision(),
                change.timeMillis(),
                collection,
                change.id(),
                change.origin(),
                before == null ? null : before.revision(),
                before == null ? null : before.createdMillis(),
                before == null ? null : before.updatedMillis(),
                after == null ? null : after.createdMillis(),
                after == null ? null : after.updatedMillis(),
                Rows.checksum(change),
                body(before),
                body(after),
                batch == null ? null : batch.first(),
                batch == null ? null : batch.last(),
                change.traceparent() == null ? null : change.traceparent().text());
    }

    /** An entry is found by what its resource says, and so goes before that changes. */
    private void store() {
        Resource before = change.before();
        Resource after = change.after();
        if (before != null) {
            indexes.leave(session, collection, before);
        }
        switch (change.kind()) {
            case CREATED -> create(Objects.requireNonNull(after));
            case UPDATED -> update(Objects.requireNonNull(before), Objects.requireNonNull(after));
            case DELETED -> delete(Objects.requireNonNull(before));
        }
        if (after != null) {
            indexes.enter(session, collection, after);
        }
    }

    private static byte @Nullable [] body(@Nullable Resource resource) {
        return resource == null ? null : resource.members().bytes();
    }

    private void create(Resource after) {
        session.update(
                CREATE,
                after.revision(),
                collection,
                after.id(),
                after.createdMillis(),
                after.updatedMillis(),
                Rows.checksum(after),
                after.members().bytes());
    }

    private void update(Resource before, Resource after) {
        requireOne(session.update(
                UPDATE,
                after.revision(),
                after.createdMillis(),
                after.updatedMillis(),
                Rows.checksum(after),
                after.members().bytes(),
                before.revision(),
                collection,
                before.id()));
    }

    private void delete(Resource before) {
        requireOne(session.update(DELETE, before.revision(), collection, before.id()));
    }

    private void requireOne(int rows) {
        if (rows != 1) {
            throw new IllegalArgumentException(
                    "before is not what is stored at " + change.collection() + "/" + change.id());
        }
    }
}
