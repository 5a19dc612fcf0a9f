package dev.genstore.sqlite;

import static dev.genstore.sqlite.Tampering.notes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.testkit.Chronicle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@link WalBound}. */
class WalBoundTest {
    private static final long BYTES_MAX = 200_000;
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

    private SqliteStorage openBounded() {
        return SqliteStorage.open(folder, SqliteStorage.Options.DEFAULT, BYTES_MAX);
    }

    private long walBytes() throws IOException {
        return Files.size(DatabaseFile.in(folder).wal());
    }
}
