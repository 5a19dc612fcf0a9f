package dev.genstore.sqlite;

import static dev.genstore.sqlite.Tampering.commit;
import static dev.genstore.sqlite.Tampering.failure;
import static dev.genstore.sqlite.Tampering.fill;
import static dev.genstore.sqlite.Tampering.head;
import static dev.genstore.sqlite.Tampering.open;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.store.StorageException.Kind;
import dev.genstore.testkit.Chronicle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;

/** How {@link SqliteStorage} treats its folder. */
class FolderTest {
    @TempDir
    Path folder;

    @Test
    void a_new_store_gets_an_epoch_of_six_letters_and_digits() {
        try (SqliteStorage storage = open(folder)) {
            assertThat(storage.epoch()).matches("[a-z0-9]{6}");
        }
    }

    @Test
    void two_new_stores_have_two_epochs() {
        try (SqliteStorage one = open(folder.resolve("one"));
                SqliteStorage two = open(folder.resolve("two"))) {
            assertThat(one.epoch()).isNotEqualTo(two.epoch());
        }
    }

    @Test
    void the_epoch_comes_from_the_random_numbers_that_are_given() {
        try (SqliteStorage one = SqliteStorage.open(folder.resolve("one"), seeded());
                SqliteStorage two = SqliteStorage.open(folder.resolve("two"), seeded())) {
            assertThat(one.epoch()).isEqualTo(two.epoch());
        }
    }

    @Test
    void a_folder_and_those_above_it_are_made() {
        Path deep = folder.resolve("a/b/c");
        open(deep).close();
        assertThat(deep.resolve("genstore.db")).exists();
    }

    @Test
    void a_folder_may_have_any_name() {
        Path odd = folder.resolve("50% ?mode=memory&x=1 #é'");
        fill(odd);
        try (SqliteStorage storage = open(odd)) {
            assertThat(head(storage)).isEqualTo(9);
        }
        assertThat(odd.resolve("genstore.db")).isNotEmptyFile();
    }

    @Test
    void a_folder_is_open_once_in_a_process() {
        try (SqliteStorage storage = open(folder)) {
            assertThat(failure(Kind.UNAVAILABLE, () -> open(folder)))
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("is in use by another Genstore (process "
                            + ProcessHandle.current().pid());
            assertThat(head(storage)).isZero();
        }
        open(folder).close();
    }

    @Test
    void a_folder_is_locked_under_any_of_its_names() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
        Files.createDirectory(folder.resolve("real"));
        try (SqliteStorage storage = open(folder.resolve("real"))) {
            failure(Kind.UNAVAILABLE, () -> open(link));
            assertThat(storage.epoch()).isNotEmpty();
        }
    }

    @Test
    void a_folder_is_open_in_one_process() throws Exception {
        try (var other = OtherProcess.start(folder)) {
            assertThat(failure(Kind.UNAVAILABLE, () -> open(folder)))
                    .hasMessageContaining("(process " + other.pid() + ")");
        }
        open(folder).close();
    }

    @Test
    void a_refused_open_does_not_give_the_lock_away() throws Exception {
        try (SqliteStorage storage = open(folder)) {
            failure(Kind.UNAVAILABLE, () -> open(folder));
            assertThat(OtherProcess.refusal(folder)).contains("is in use by another Genstore");
            assertThat(storage.epoch()).isNotEmpty();
        }
    }

    @Test
    void a_failed_open_leaves_the_folder_free() throws IOException {
        Files.writeString(folder.resolve("genstore.db"), "something else");
        failure(Kind.DAMAGED, () -> open(folder));
        Files.delete(folder.resolve("genstore.db"));
        open(folder).close();
    }

    @Test
    void a_file_in_place_of_the_folder_is_refused() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(failure(Kind.UNAVAILABLE, () -> open(file)))
                .hasMessageEndingWith("can't be used: there is a file of that name.");
    }

    @Test
    void an_empty_database_is_damage_and_no_new_store() throws IOException {
        fill(folder);
        Files.write(folder.resolve("genstore.db"), new byte[0]);
        assertThat(failure(Kind.DAMAGED, () -> open(folder)))
                .hasMessageContaining("has only 0 bytes");
    }

    @Test
    void a_missing_database_beside_its_log_is_damage_and_no_new_store() throws IOException {
        Files.write(folder.resolve("genstore.db-wal"), new byte[100]);
        assertThat(failure(Kind.DAMAGED, () -> open(folder))).hasMessageContaining("is missing");
    }

    @Test
    void a_database_that_has_lost_its_log_is_damage_and_no_older_store() throws IOException {
        Path copy = Files.createDirectory(folder.resolve("copy"));
        try (SqliteStorage storage = open(folder)) {
            commit(storage, new Chronicle().create("notes", "id-1", "{}"));
            copy("genstore.db", copy);
            copy("genstore.db-shm", copy);
        }
        assertThat(failure(Kind.DAMAGED, () -> open(copy)))
                .hasMessageContaining("has lost its -wal");
    }

    @Test
    void another_store_that_takes_the_place_of_an_open_one_is_not_read_or_written()
            throws IOException {
        fill(folder.resolve("other"));
        try (SqliteStorage storage = open(folder)) {
            Files.delete(folder.resolve("genstore.db-wal"));
            Files.delete(folder.resolve("genstore.db-shm"));
            Files.move(
                    folder.resolve("other").resolve("genstore.db"),
                    folder.resolve("genstore.db"),
                    StandardCopyOption.REPLACE_EXISTING);
            assertThat(failure(Kind.UNAVAILABLE, () -> head(storage)))
                    .hasMessageContaining("was replaced by another store");
            assertThat(failure(Kind.UNAVAILABLE, () -> storage.ledger().recover()))
                    .hasMessageContaining("was replaced by another store");
        }
    }

    private void copy(String name, Path to) throws IOException {
        Files.copy(folder.resolve(name), to.resolve(name));
    }

    @Test
    void a_database_that_was_not_completed_is_made_anew() throws IOException {
        Files.write(folder.resolve("genstore.db.new"), new byte[5_000]);
        open(folder).close();
        assertThat(folder.resolve("genstore.db.new")).doesNotExist();
    }

    @Test
    void a_database_of_another_program_is_refused() {
        Tampering.sql(folder, "CREATE TABLE theirs (x)");
        assertThat(failure(Kind.UNAVAILABLE, () -> open(folder)))
                .hasMessageContaining("belongs to another program");
    }

    @Test
    void close_leaves_one_file_beside_the_lock_and_no_thread() throws IOException {
        SqliteStorage storage = open(folder);
        Tampering.commit(storage, new Chronicle().create("notes", "1", "{}"));
        String reader = storage.read(snapshot -> Thread.currentThread().getName());
        assertThat(reader).startsWith("genstore-reader-");
        storage.close();
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("genstore.db", "lock");
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("genstore-reader-"));
    }

    private static SqliteStorage.Options seeded() {
        return new SqliteStorage.Options(1, 1, new Random(1));
    }
}
