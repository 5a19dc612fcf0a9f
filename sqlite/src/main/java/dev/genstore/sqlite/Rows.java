package dev.genstore.sqlite;

import dev.genstore.resource.Change;
import dev.genstore.resource.Json;
import dev.genstore.resource.LogEntry;
import dev.genstore.resource.Resource;
import dev.genstore.resource.TraceParent;
import dev.genstore.store.CollectionState;
import dev.genstore.store.StorageException;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes values of rows. A row whose content is not what its checksum was made of is refused, so
 * nothing that it says is ever passed on.
 */
final class Rows {
    /** What {@link #resource} reads, of {@code resource r}. */
    static final String RESOURCE =
            "r.revision, r.id, r.created_millis, r.updated_millis, r.crc, r.body";

    /** The column behind {@link #RESOURCE}, where a query adds one. */
    static final int AFTER_RESOURCE = 7;

    /** What {@link #entry} reads, of {@code log l} and {@code collection c}. */
    static final String CHANGE = """
            l.revision, l.time_millis, c.name, l.id, l.origin, \
            l.before_revision, l.before_created_millis, l.before_updated_millis, l.before_body, \
            l.after_created_millis, l.after_updated_millis, l.after_body, l.crc, \
            l.batch_first, l.batch_last, l.cut, l.traceparent""";

    /** What {@link #collection} reads, of {@code collection c}. */
    static final String COLLECTION = "c.name, c.count, c.revision, c.crc";

    private static final byte[] NOTHING = {};

    private Rows() {}

    /** A resource of this collection. */
    static Resource resource(String collection, ResultSet row) throws SQLException {
        long revision = row.getLong(1);
        var resource = new Resource(
                collection, text(row, 2), revision, row.getLong(3), row.getLong(4), json(row, 6));
        if (checksum(resource) != row.getLong(5)) {
            throw Failures.damaged("Revision " + revision + " in table resource");
        }
        return resource;
    }

    /** The rows' resources, until they are as heavy as that. */
    static List<Resource> resources(
            Session session,
            long weightMax,
            String sql,
            Session.RowReader<Resource> reader,
            Object... values) {
        List<Resource> found = new ArrayList<>();
        long[] weight = {0};
        session.visit(
                sql,
                row -> {
                    Resource resource = reader.read(row);
                    found.add(resource);
                    weight[0] += resource.weightBytes();
                    return weight[0] < weightMax;
                },
                values);
        return found;
    }

    static LogEntry entry(ResultSet row) throws SQLException {
        return row.getLong(16) == 0 ? change(row) : CutRows.read(row);
    }

    private static Change change(ResultSet row) throws SQLException {
        long revision = row.getLong(1);
        Resource before = before(row);
        Resource after = after(row, revision);
        long first = row.getLong(14);
        long last = row.getLong(15);
        if ((before != null || after != null) && isBatch(first, revision, last)) {
            var change = new Change(
                    revision,
                    row.getLong(2),
                    before,
                    after,
                    row.getString(5),
                    trace(row, revision),
                    last == 0 ? null : new Change.Batch(first, last));
            if (checksum(change) == row.getLong(13)) {
                return change;
            }
        }
        throw damaged(revision);
    }

    private static StorageException damaged(long revision) {
        return Failures.damaged("Revision " + revision + " in table log");
    }

    /** Whether the revision can be in a batch of these bounds; none are zeros. */
    static boolean isBatch(long first, long revision, long last) {
        return (first == 0 && last == 0)
                || (0 < first && first <= revision && revision <= last && first < last);
    }

    static CollectionState collection(ResultSet row) throws SQLException {
        var state = new CollectionState(text(row, 1), row.getLong(2), row.getLong(3));
        if (checksum(state) != row.getLong(4)) {
            throw Failures.damaged("Collection " + state.name() + " in table collection");
        }
        return state;
    }

    static long checksum(Resource resource) {
        return add(resource, new Checksum()).value();
    }

    static long checksum(Change change) {
        var checksum = new Checksum()
                .number(change.revision())
                .number(change.timeMillis())
                .text(change.origin());
        add(change.before(), checksum);
        add(change.after(), checksum);
        add(change.traceparent(), checksum);
        add(change.batch(), checksum);
        return checksum.value();
    }

    private static void add(@Nullable TraceParent trace, Checksum checksum) {
        if (trace != null) {
            checksum.text(trace.text());
        }
    }

    /** Nothing for none: changes that are older than batches and traces have the same sum as ever. */
    static void add(Change.@Nullable Batch batch, Checksum checksum) {
        if (batch != null) {
            checksum.number(batch.first()).number(batch.last());
        }
    }

    static long checksum(CollectionState state) {
        return new Checksum()
                .text(state.name())
                .number(state.count())
                .number(state.revision())
                .value();
    }

    private static Checksum add(@Nullable Resource resource, Checksum checksum) {
        if (resource == null) {
            return checksum.number(0);
        }
        return checksum.number(resource.revision())
                .text(resource.collection())
                .text(resource.id())
                .number(resource.createdMillis())
                .number(resource.updatedMillis())
                .bytes(resource.members().bytes());
    }

    private static @Nullable TraceParent trace(ResultSet row, long revision) throws SQLException {
        String text = row.getString(17);
        TraceParent trace = text == null ? null : TraceParent.read(text);
        if (text != null && (trace == null || !text.equals(trace.text()))) {
            throw damaged(revision);
        }
        return trace;
    }

    private static @Nullable Resource before(ResultSet row) throws SQLException {
        long revision = row.getLong(6);
        if (revision == 0) {
            return null;
        }
        return new Resource(
                text(row, 3), text(row, 4), revision, row.getLong(7), row.getLong(8), json(row, 9));
    }

    private static @Nullable Resource after(ResultSet row, long revision) throws SQLException {
        long createdMillis = row.getLong(10);
        if (row.wasNull()) {
            return null;
        }
        return new Resource(
                text(row, 3),
                text(row, 4),
                revision,
                createdMillis,
                row.getLong(11),
                json(row, 12));
    }

    /** A value that a sound row does not lack; its checksum tells. */
    static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    private static Json json(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return Json.trusted(bytes == null ? NOTHING : bytes);
    }
}
