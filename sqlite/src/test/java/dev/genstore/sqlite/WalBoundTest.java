package dev.genstore.sqlite;

import static dev.genstore.sqlite.Tampering.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.genstore.testkit.Chronicle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** {@link WalBound}. */
class WalBoundTest {
    private static final long BYTES_MAX = 200_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String BODY = "{\"text\":\"" + "long ".repeat(10_000) + "\"}";

    @TempDir
    Path folder;

    private final Chronicle chronicle = new Chronicle();

    @Test
    void the_write_ahead_log_is_begun_anew_when_it_has_grown_past_its_bound() throws IOException {
        try (SqliteStorage storage = openBounded()) {
            for (int id = 0; id < 20; id++) {
                Tampering.commit(storage, chronicle.create("notes", "" + id, BODY));
                assertThat(walBytes()).isLessThanOrEqualTo(BYTES_MAX);
            }
            assertThat(notes(storage)).hasSize(20);
        }
    }

    /** Whoever waited here would wait for days. */
    @Test
    void a_long_reader_such_as_a_backup_is_not_waited_for() {
        openBounded().close();
        assertTimeoutPreemptively(PATIENCE, () -> {
            DatabaseFile file = DatabaseFile.in(folder);
            var bound = new WalBound(file, BYTES_MAX, Integer.MAX_VALUE);
            try (Session writer = file.openWriter();
                    Session reader = file.openReader()) {
                writer.script("CREATE TABLE filling (body BLOB)");
                begin(reader);
                fill(writer, bound, 40);
                assertThat(walBytes()).isGreaterThan(5 * BYTES_MAX);
                assertThat(rows(reader)).isZero();
                reader.script("COMMIT");
                fill(writer, bound, 10);
                assertThat(walBytes()).isLessThanOrEqualTo(BYTES_MAX);
                assertThat(rows(reader)).isEqualTo(50);
            }
        });
    }

    @Test
    void readers_that_come_and_go_are_waited_for() throws Exception {
        openBounded().close();
        DatabaseFile file = DatabaseFile.in(folder);
        var bound = new WalBound(file, BYTES_MAX, Math.toIntExact(PATIENCE.toMillis()));
        try (Session writer = file.openWriter();
                Session one = file.openReader();
                Session other = file.openReader()) {
            writer.script("CREATE TABLE filling (body BLOB)");
            begin(one);
            fill(writer, bound, 2);
            begin(other);
            one.script("COMMIT");
            Thread ending = Thread.ofPlatform().start(() -> {
                await().atMost(PATIENCE).until(() -> walBytes() > BYTES_MAX);
                other.script("COMMIT");
            });
            fill(writer, bound, 2);
            assertThat(walBytes()).isLessThanOrEqualTo(BYTES_MAX);
            ending.join();
        }
    }

    private static void begin(Session reader) {
        reader.script("BEGIN");
        rows(reader);
    }

    private static void fill(Session writer, WalBound bound, int rows) {
        for (int i = 0; i < rows; i++) {
            writer.update("INSERT INTO filling VALUES (zeroblob(50000))");
            bound.keep(writer);
        }
    }

    private static long rows(Session session) {
        return session.number("SELECT count(*) FROM filling");
    }

    private SqliteStorage openBounded() {
        return SqliteStorage.open(folder, SqliteStorage.Options.DEFAULT, BYTES_MAX);
    }

    private long walBytes() throws IOException {
        return Files.size(DatabaseFile.in(folder).wal());
    }
}
