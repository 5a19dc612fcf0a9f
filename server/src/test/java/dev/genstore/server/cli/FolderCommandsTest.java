package dev.genstore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.auth.ApiKeys;
import dev.genstore.server.cli.CliRig.Said;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** The commands on a folder: {@code backup}, {@code restore} and {@code verify}. */
class FolderCommandsTest {
    @TempDir
    Path folder = Path.of("");

    private Said run(String... arguments) {
        return CliRig.run(folder, "", Map.of(), arguments);
    }

    @Test
    void a_backup_of_a_running_server_becomes_a_store_with_the_same_resources() {
        String list;
        String position;
        try (CliRig rig = CliRig.start(folder)) {
            rig.fill("notes", 1500);
            rig.run("rm", "notes/7").well();
            position = run("backup", "monday").well().strip();
            list = rig.run("ls", "notes", "--limit", "2000", "--output", "json").well();
            rig.run("put", "notes/later", "{}").well();
        }
        assertThat(position).matches("\\w+-1501");
        assertThat(run("verify", "--data", "monday").well())
                .contains("is sound: 1499 resources and 1501 changes", position);
        String restored =
                run("restore", "monday", "--data", "again/data").well().strip();
        assertThat(restored).matches("\\w+-1501").isNotEqualTo(position);
        assertThat(folder.resolve("again/data").toFile().list())
                .containsExactlyInAnyOrder("genstore.db", "lock");
        try (CliRig rig = CliRig.start(folder.resolve("again"))) {
            assertThat(rig.run("ls", "notes", "--limit", "2000", "--output", "json")
                            .well())
                    .isEqualTo(list);
            assertThat(rig.run("watch", "notes", "--since", position, "--until-synced")
                            .well())
                    .contains("\"reset\"", "other-epoch");
            assertThat(rig.run("watch", "notes", "--since", "1500", "--until-synced")
                            .well())
                    .containsOnlyOnce("\"type\":\"deleted\"");
            rig.run("put", "notes/new", "{}").well();
        }
    }

    /** What is not of one moment has a gap in its log, or counts that do not fit. */
    @Test
    void a_backup_is_the_state_of_one_moment_while_others_write() throws InterruptedException {
        try (CliRig rig = CliRig.start(folder)) {
            rig.fill("notes", 1000);
            var isOver = new AtomicBoolean();
            Thread writer = Thread.startVirtualThread(() -> {
                for (int i = 0; !isOver.get(); i++) {
                    rig.fill("pairs" + i, 2);
                }
            });
            for (int i = 0; i < 5; i++) {
                run("backup", "b" + i).well();
                assertThat(run("verify", "--data", "b" + i).well()).contains("is sound");
            }
            isOver.set(true);
            writer.join();
            assertThat(run("verify").err()).contains("A server has it open");
        }
        assertThat(run("verify").err()).isEmpty();
        CliRig.start(folder).close();
    }

    @Test
    void keys_go_with_a_backup() {
        try (CliRig rig = CliRig.start(folder)) {
            ApiKeys.in(rig.data()).create("test", Set.of("admin"), null);
            run("backup", "monday").well();
        }
        run("restore", "monday", "--data", "again").well();
        assertThat(ApiKeys.in(folder.resolve("again")).list()).hasSize(1);
        assertThat(run("verify", "--data", "again").well()).contains("1 API keys");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE resource SET body = CAST('{}' AS BLOB) WHERE revision = 2 | Revision 2 in table resource is damaged",
                "UPDATE log SET after_body = CAST('{}' AS BLOB) WHERE revision = 2 | Revision 2 in table log is damaged",
                "DELETE FROM log WHERE revision = 2 | its history goes from 1 to 3",
                "DELETE FROM resource WHERE revision = 2 | Revision 2 is in table log, and what it made is not in table resource",
                "DELETE FROM resource WHERE revision = 2 | Collection notes should have 3 resources and has 2",
                "UPDATE collection SET count = 4 | Collection notes in table collection is damaged",
                "UPDATE history SET head = 4 | The row of table history is damaged",
                "UPDATE resource SET id = 'x' WHERE revision = 2 | Revision 2 in table resource is not what table log has of it"
            })
    void damage_is_found_and_its_place_told(String sql, String told) throws SQLException {
        try (CliRig rig = CliRig.start(folder)) {
            rig.fill("notes", 3);
        }
        String url = "jdbc:sqlite:" + folder.resolve("data/genstore.db");
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
        Said verified = run("verify");
        assertThat(verified.code()).isEqualTo(ExitCode.FAILED);
        assertThat(verified.out()).contains(told).doesNotContain("backup");
        assertThat(verified.err()).contains("is damaged", "genstore restore");
        Said backup = run("backup", "monday");
        assertThat(backup.code()).isEqualTo(ExitCode.FAILED);
        assertThat(folder.resolve("monday")).isDirectoryNotContaining("glob:**genstore*");
    }

    /** Every tenth page, so that there are tables, indexes and bodies among them. */
    @Test
    void a_page_that_is_overwritten_is_found_and_its_place_told() throws IOException {
        try (CliRig rig = CliRig.start(folder)) {
            rig.fill("notes", 1000);
        }
        Path file = folder.resolve("data/genstore.db");
        byte[] sound = Files.readAllBytes(file);
        for (int page = 1; page < sound.length / 4096; page += 10) {
            byte[] damaged = sound.clone();
            for (int i = page * 4096; i < page * 4096 + 4096; i++) {
                damaged[i] ^= 0x55;
            }
            Files.write(file, damaged);
            Said verified = run("verify");
            assertThat(verified.code()).as("page %d", page).isEqualTo(ExitCode.FAILED);
            assertThat(verified.out())
                    .as("page %d", page)
                    .containsPattern("(?i)(page|revision|row) \\d+");
        }
    }

    /** What is beside it would be taken for a part of the new one. */
    @Test
    void what_a_copy_that_was_killed_has_left_is_no_part_of_the_next_one() throws IOException {
        try (CliRig rig = CliRig.start(folder)) {
            rig.fill("notes", 3);
            run("backup", "monday").well();
        }
        Path again = Files.createDirectory(folder.resolve("again"));
        for (String name : List.of("lock", "genstore.db.new", "genstore.db.new-wal")) {
            Files.writeString(again.resolve(name), "something");
        }
        run("restore", "monday", "--data", "again").well();
        assertThat(again.toFile().list()).containsExactlyInAnyOrder("genstore.db", "lock");
    }

    @Test
    void nothing_is_written_over_and_nothing_made_of_nothing() throws IOException {
        try (CliRig rig = CliRig.start(folder)) {
            rig.fill("notes", 1);
            run("backup", "monday").well();
        }
        requireFailure("is not empty", "backup", "monday");
        requireFailure("is not empty", "restore", "monday");
        requireFailure("There is no store", "restore", "nothing", "--data", "again");
        requireFailure("There is no store", "verify", "--data", "nothing");
        requireFailure("There is no store", "backup", "tuesday", "--data", "nothing");
        assertThat(folder.resolve("nothing")).doesNotExist();
        assertThat(folder.resolve("again")).doesNotExist();
    }

    private void requireFailure(String told, String... arguments) {
        Said said = run(arguments);
        assertThat(said.code()).isEqualTo(ExitCode.FAILED);
        assertThat(said.err()).contains(told).doesNotContain("\tat ");
    }
}
