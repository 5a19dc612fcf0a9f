package dev.genstore.sqlite;

import static dev.genstore.sqlite.Tampering.changes;
import static dev.genstore.sqlite.Tampering.commit;
import static dev.genstore.sqlite.Tampering.head;
import static dev.genstore.sqlite.Tampering.note;
import static dev.genstore.sqlite.Tampering.notes;
import static dev.genstore.sqlite.Tampering.open;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.store.StorageException.Kind;
import dev.genstore.testkit.Chronicle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** What is committed stays, whatever happens to the process. */
class DurabilityTest {
    private static final int WRITES = 200;

    @TempDir
    Path folder;

    @Test
    void a_commit_is_synced_into_a_write_ahead_log() {
        open(folder).close();
        try (Session writer = DatabaseFile.in(folder).openWriter()) {
            String mode = writer.first("PRAGMA journal_mode", row -> row.getString(1));
            assertThat(mode).isEqualTo("wal");
            assertThat(writer.number("PRAGMA synchronous")).as("FULL").isEqualTo(2);
            assertThat(writer.number("PRAGMA fullfsync")).isOne();
            assertThat(writer.number("PRAGMA checkpoint_fullfsync")).isOne();
            assertThat(writer.number("PRAGMA application_id"))
                    .isEqualTo(DatabaseFile.APPLICATION_ID);
        }
    }

    @Test
    void readers_cannot_write() {
        open(folder).close();
        try (Session reader = DatabaseFile.in(folder).openReader()) {
            Tampering.failure(Kind.UNAVAILABLE, () -> reader.update("DELETE FROM log"));
        }
    }

    @Test
    void a_killed_process_loses_nothing_that_it_told() throws Exception {
        int told = 0;
        try (var other = OtherProcess.start(folder, "write")) {
            while (told < WRITES) {
                told = Integer.parseInt(other.says());
            }
        }
        try (SqliteStorage storage = open(folder)) {
            long head = head(storage);
            assertThat(head).isGreaterThanOrEqualTo(told);
            assertThat(changes(storage, 0, Integer.MAX_VALUE)).hasSize((int) head);
            assertThat(notes(storage)).hasSize((int) head);
        }
    }

    @Test
    void what_a_dead_process_left_in_the_write_ahead_log_is_checkpointed_when_it_is_opened()
            throws Exception {
        try (var other = OtherProcess.start(folder, "write")) {
            assertThat(other.says()).isEqualTo("1");
        }
        assertThat(DatabaseFile.in(folder).wal()).isNotEmptyFile();
        try (SqliteStorage storage = open(folder)) {
            assertThat(DatabaseFile.in(folder).wal()).isEmptyFile();
            assertThat(note(storage, "1")).isNotNull();
        }
    }

    @Test
    void recover_opens_the_database_anew_while_readers_are_there() {
        var chronicle = new Chronicle();
        try (SqliteStorage storage = open(folder)) {
            commit(storage, chronicle.create("notes", "1", "{}"));
            assertThat(note(storage, "1")).isNotNull();
            storage.ledger().begin();
            storage.ledger().append(chronicle.copy().create("notes", "2", "{}"));
            storage.ledger().recover();
            assertThat(DatabaseFile.in(folder).wal()).isEmptyFile();
            commit(storage, chronicle.create("notes", "3", "{}"));
            assertThat(notes(storage)).hasSize(2);
        }
    }
}
