package dev.genstore.sqlite;

import dev.genstore.store.StorageException;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Goes through all tables of a store and gathers what is wrong. Confined to one use. */
final class StoreInspection {
    static final int DAMAGE_MAX = 100;

    private static final String OF_SQLITE = "PRAGMA integrity_check(" + DAMAGE_MAX + ")";
    private static final String TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'";
    private static final String COLLECTIONS = "SELECT " + Rows.COLLECTION
            + ", (SELECT count(*) FROM resource r WHERE r.collection = c.key) FROM collection c";
    private static final String RESOURCES = "SELECT " + Rows.RESOURCE
            + ", c.name FROM resource r LEFT JOIN collection c ON c.key = r.collection"
            + " ORDER BY r.revision";
    private static final String CHANGES = "SELECT " + Rows.CHANGE
            + " FROM log l LEFT JOIN collection c ON c.key = l.collection ORDER BY l.revision";
    private static final String ANSWERS = "SELECT key FROM answer ORDER BY number";

    /** Resources of which the log, where it reaches, says something else. */
    private static final String NOT_IN_LOG = """
            SELECT r.revision FROM resource r LEFT JOIN log l ON l.revision = r.revision \
            WHERE r.revision > ? AND (l.collection IS NOT r.collection OR l.id IS NOT r.id \
            OR (l.cut IS NULL AND l.after_body IS NOT r.body))""";

    /** Changes that nothing has undone, of which nothing is there. */
    private static final String NOT_STORED = """
            SELECT l.revision FROM log l WHERE l.after_created_millis IS NOT NULL \
            AND NOT EXISTS (SELECT 1 FROM resource r WHERE r.revision = l.revision) \
            AND l.revision NOT IN \
            (SELECT before_revision FROM log WHERE before_revision IS NOT NULL)""";

    private static final String INDEXES = "SELECT " + DeclaredIndex.COLUMNS
            + ", c.name FROM declared_index i JOIN collection c ON c.key = i.collection"
            + " WHERE i.filled >= i.through ORDER BY i.number";

    private final Session session;
    private final List<String> damage = new ArrayList<>();

    StoreInspection(Session session) {
        this.session = session;
    }

    /** In a transaction that ends with the session: of a damaged database SQLite commits none. */
    StoreCheck.Report report(boolean isAlone) {
        session.script("BEGIN");
        ofSqlite();
        String position = history();
        scan(
                "Table collection",
                COLLECTIONS,
                row -> counted(Rows.collection(row).count(), row.getLong(5), row));
        long resources = scan(
                "Table resource",
                RESOURCES,
                row -> Rows.resource(Rows.text(row, Rows.AFTER_RESOURCE), row) != null);
        long changes = scan("Table log", CHANGES, row -> Rows.entry(row) != null);
        var answers = new AnswerTable(session);
        List<String> keys = new ArrayList<>();
        scan("Table answer", ANSWERS, row -> keys.add(Rows.text(row, 1)));
        keys.forEach(key -> attempt(() -> answers.find(key)));
        attempt(() -> DoorTable.wasLocked(session));
        indexes();
        return new StoreCheck.Report(position, resources, changes, damage, isAlone);
    }

    /** What SQLite finds of itself, by its tables: of the whole it names pages at most, and of some nothing. */
    List<String> ofSqlite() {
        scan("The database", OF_SQLITE, row -> sound("SQLite says: ", Rows.text(row, 1)));
        if (!damage.isEmpty()) {
            List<String> ofAll = List.copyOf(damage);
            damage.clear();
            List<String> tables = new ArrayList<>();
            scan("The list of tables", TABLES, row -> tables.add(Rows.text(row, 1)));
            tables.forEach(this::ofTable);
            damage.addAll(damage.isEmpty() ? ofAll : List.of());
        }
        return damage;
    }

    private void ofTable(String name) {
        scan(
                "Table " + name,
                "PRAGMA integrity_check(" + name + ")",
                row -> sound("Of table " + name + " SQLite says: ", Rows.text(row, 1)));
    }

    /** The history, and whether the log and the resources are what it says. */
    private String history() {
        String[] position = {""};
        attempt(() -> {
            History history = History.read(session);
            position[0] = history.epoch() + "-" + history.head();
            attempt(() -> Continuity.require(session, history));
            scan(
                    "Table resource",
                    NOT_IN_LOG,
                    row -> found("Revision " + row.getLong(1)
                            + " in table resource is not what table log has of it."),
                    history.horizon());
        });
        scan(
                "Table log",
                NOT_STORED,
                row -> found("Revision " + row.getLong(1)
                        + " is in table log, and what it made is not in table resource."));
        return position[0];
    }

    /** Entries have no checksum, as the resources say what they should be. */
    private void indexes() {
        List<DeclaredIndex> whole = new ArrayList<>();
        scan("Table declared_index", INDEXES, row -> whole.add(DeclaredIndex.read(row)));
        whole.forEach(this::index);
    }

    private void index(DeclaredIndex each) {
        String name = "index " + each.index() + " of collection " + each.name();
        scan(
                "The " + name,
                each.order().missing(each.collection()),
                row -> found("Revision " + row.getLong(1) + " has no entry in " + name + "."));
        scan(
                "The " + name,
                each.order().astray(each.collection()),
                row -> found("An entry in " + name + " leads to revision " + row.getLong(1)
                        + ", which is another."));
    }

    private boolean sound(String whoSays, String said) {
        return said.equals("ok") || found(whoSays + said);
    }

    private boolean counted(long count, long there, ResultSet row) throws SQLException {
        return count == there
                || found("Collection " + Rows.text(row, 1) + " should have " + count
                        + " resources and has " + there + ".");
    }

    private boolean found(String sentence) {
        if (damage.size() < DAMAGE_MAX) {
            damage.add(sentence);
        }
        return true;
    }

    /** Sees each row of what is called so; returns how many there were. */
    private long scan(String name, String sql, Session.RowVisitor check, Object... values) {
        long[] count = {0};
        try {
            session.visit(
                    sql,
                    row -> {
                        count[0]++;
                        try {
                            check.visit(row);
                        } catch (StorageException | IllegalArgumentException broken) {
                            found(withoutAdvice(broken));
                        }
                        return damage.size() < DAMAGE_MAX;
                    },
                    values);
        } catch (StorageException failure) {
            found(name + " can't be read to its end. " + withoutAdvice(failure));
        }
        return count[0];
    }

    private void attempt(Runnable check) {
        try {
            check.run();
        } catch (StorageException failure) {
            found(withoutAdvice(failure));
        }
    }

    /** What to do is said once, and not with each. */
    static String withoutAdvice(RuntimeException failure) {
        return String.valueOf(failure.getMessage())
                .replaceFirst("[.;] [Rr]estore (the folder|both) from a backup", "");
    }
}
