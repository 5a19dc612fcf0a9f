package dev.genstore.sqlite;

import dev.genstore.resource.Change;
import dev.genstore.resource.CutChange;
import dev.genstore.resource.LogEntry;
import dev.genstore.store.CutStep;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of table {@code log} of which only that there was a change is left. Such a row has a
 * checksum of its own, so a row that has lost its content in any other way is not taken for one.
 */
final class CutRows {
    private static final String MARK = "cut";

    private static final String TIME = "SELECT time_millis FROM log WHERE revision = ?";
    private static final String OF_COLLECTION =
            " FROM log l WHERE l.revision > ? AND l.revision <= ? AND l.collection = ?"
                    + " AND l.cut IS NULL";
    private static final String COUNT = "SELECT count(*)" + OF_COLLECTION;
    private static final String WHOLE = "SELECT " + Rows.CHANGE
            + OF_COLLECTION.replace("log l", "log l LEFT JOIN collection c ON c.key = l.collection")
            + " ORDER BY l.revision LIMIT ?";
    private static final String CUT = """
            UPDATE log SET cut = 1, crc = ?, origin = NULL, traceparent = NULL, before_body = NULL, after_body = NULL, \
            before_created_millis = NULL, before_updated_millis = NULL, after_updated_millis = NULL \
            WHERE revision = ?""";

    private CutRows() {}

    /** When a change was made. */
    static long timeMillis(Session session, long revision) {
        return session.number(TIME, revision);
    }

    /** How many changes of a collection are whole. */
    static long countWhole(Session session, long collection, long after, long through) {
        return session.number(COUNT, after, through, collection);
    }

    /** Cuts the oldest of them. All are looked at first: a damaged one must not seem sound. */
    static CutStep cut(
            Session session,
            long collection,
            long after,
            long through,
            int countMax,
            long weightMax) {
        List<Change> whole = new ArrayList<>();
        long[] weight = {0};
        session.visit(
                WHOLE,
                row -> {
                    LogEntry entry = Rows.entry(row);
                    whole.add((Change) entry);
                    weight[0] += entry.weightBytes();
                    return weight[0] < weightMax;
                },
                after,
                through,
                collection,
                countMax);
        whole.forEach(change -> session.update(CUT, checksum(change), change.revision()));
        boolean isFull = whole.size() == countMax || weight[0] >= weightMax;
        return new CutStep(isFull ? whole.getLast().revision() : through, whole.size());
    }

    private static long checksum(Change change) {
        var before = change.before();
        var after = change.after();
        return checksum(
                CutChange.of(change),
                before == null ? 0 : before.revision(),
                after == null ? 0 : after.createdMillis());
    }

    private static long checksum(CutChange cut, long beforeRevision, long createdMillis) {
        var checksum = new Checksum()
                .text(MARK)
                .number(cut.revision())
                .number(cut.timeMillis())
                .text(cut.collection())
                .text(cut.id())
                .text(cut.kind().name())
                .number(beforeRevision)
                .number(createdMillis);
        Rows.add(cut.batch(), checksum);
        return checksum.value();
    }

    /** What a row of {@link Rows#CHANGE} says that is cut. */
    static CutChange read(ResultSet row) throws SQLException {
        long revision = row.getLong(1);
        long beforeRevision = row.getLong(6);
        long createdMillis = row.getLong(10);
        Change.Kind kind = kind(beforeRevision, row.wasNull());
        long first = row.getLong(14);
        long last = row.getLong(15);
        if (Rows.isBatch(first, revision, last)) {
            var cut = new CutChange(
                    revision,
                    row.getLong(2),
                    Rows.text(row, 3),
                    Rows.text(row, 4),
                    kind,
                    last == 0 ? null : new Change.Batch(first, last));
            if (checksum(cut, beforeRevision, createdMillis) == row.getLong(13)) {
                return cut;
            }
        }
        throw Failures.damaged("Revision " + revision + " in table log");
    }

    private static Change.Kind kind(long beforeRevision, boolean isDeleted) {
        if (beforeRevision == 0) {
            return Change.Kind.CREATED;
        }
        return isDeleted ? Change.Kind.DELETED : Change.Kind.UPDATED;
    }
}
