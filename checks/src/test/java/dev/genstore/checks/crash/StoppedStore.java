package dev.genstore.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.TestServer;
import dev.genstore.store.Precondition;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The database of a server that was stopped, for a test that damages it. Confined to the test's
 * thread.
 *
 * @param file the database
 */
record StoppedStore(Path file) {
    /** Lets a server make {@code /api/notes/1}, {@code /api/notes/2} … with texts to tell them by. */
    static StoppedStore make(Path data, int notes) {
        try (TestServer server = TestServer.start(data)) {
            for (int i = 1; i <= notes; i++) {
                String json = "{\"text\":\"" + text(i) + "\"}";
                server.store()
                        .resources()
                        .put(
                                "notes",
                                Integer.toString(i),
                                json.getBytes(StandardCharsets.UTF_8),
                                Precondition.NONE);
            }
        }
        return new StoppedStore(data.resolve("genstore.db"));
    }

    /** What only this note says. */
    static String text(int note) {
        return "text of note " + note;
    }

    /** Runs a statement that must change one row. */
    void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    /** Changes one byte in the middle of a column; it still looks like sound JSON. */
    void damage(String table, String column, long revision) throws SQLException {
        change("UPDATE " + table + " SET " + column + " = CAST(replace(CAST(" + column
                + " AS TEXT), 'text of', 'teXt of') AS BLOB) WHERE revision = " + revision);
    }
}
