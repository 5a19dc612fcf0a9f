package dev.genstore.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.auth.ApiKeys;
import dev.genstore.embedded.Genstore;
import dev.genstore.server.config.Setting;
import dev.genstore.server.config.SettingsReader;
import dev.genstore.server.doctor.Finding.State;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the doctor finds of a store and of those who are let in. */
class DoctorTest {
    @TempDir
    Path folder = Path.of("");

    private Path data() {
        return folder.resolve("data");
    }

    private Genstore start() throws IOException {
        return Genstore.builder().data(data()).port(0).start();
    }

    private Finding find(String subject, Setting... switches) {
        Map<Setting, String> given = new EnumMap<>(Setting.class);
        for (Setting each : switches) {
            given.put(each, "on");
        }
        return find(subject, Instant.now(), given);
    }

    private Finding find(String subject, Instant now, Map<Setting, String> given) {
        Map<Setting, String> all = new EnumMap<>(Setting.class);
        all.put(Setting.PORT, "0");
        all.putAll(given);
        var settings = new SettingsReader(Map.of(), folder).read(all);
        return new Doctor(settings, () -> now)
                .examine().stream()
                        .filter(finding -> finding.subject().equals(subject))
                        .findFirst()
                        .orElseThrow();
    }

    private static void require(Finding finding, State state, String... told) {
        assertThat(List.of(told))
                .allSatisfy(part -> assertThat(finding.sentence()).contains(part));
        assertThat(finding.state()).as(finding.sentence()).isEqualTo(state);
    }

    @Test
    void a_clock_that_is_behind_the_store_is_bad() throws IOException {
        start().close();
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        require(find("Clock", yesterday, Map.of()), State.BAD, "but the store was written at");
        require(find("Clock"), State.GOOD);
    }

    @Test
    void a_store_that_has_lost_its_credentials_lets_nobody_in() throws IOException {
        ApiKeys.in(data()).create("root", Set.of("admin"), null);
        start().close();
        require(find("Credentials"), State.GOOD, "1 API keys are good");
        Files.delete(data().resolve("keys.json"));
        require(
                find("Credentials"),
                State.BAD,
                "Nobody is let in",
                "genstore key create",
                "--data " + data(),
                "put keys.json back");
        require(find("Credentials", Setting.INSECURE), State.GOOD);
    }

    @Test
    void keys_that_are_no_good_let_nobody_in() {
        String id =
                ApiKeys.in(data()).create("root", Set.of("admin"), null).key().id();
        ApiKeys.in(data()).revoke(id);
        require(find("Credentials"), State.BAD, "0 API keys are good", "Nobody is let in");
        require(find("Credentials", Setting.INSECURE), State.BAD, "Nobody is let in");
    }

    @Test
    void a_store_that_another_process_has_open_is_bad() throws IOException {
        require(find("Store"), State.GOOD, "There is none yet");
        try (Genstore store = start()) {
            require(find("Store"), State.BAD, "has it open");
            String port = String.valueOf(store.address().getPort());
            require(
                    find("Store", Instant.now(), Map.of(Setting.PORT, port)),
                    State.GOOD,
                    "A server has it open");
        }
        require(find("Store"), State.GOOD, "It can be opened");
    }

    @Test
    void a_store_that_can_not_be_opened_is_bad() throws IOException {
        Files.createDirectories(data());
        Files.writeString(data().resolve("genstore.db"), "no database ".repeat(20));
        require(find("Store"), State.BAD, "is not a database of SQLite");
    }

    @Test
    void a_store_of_an_older_version_is_good() throws IOException, SQLException {
        start().close();
        try (var connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + data().resolve("genstore.db"));
                var statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM migration WHERE number > 5");
            statement.executeUpdate("DROP TABLE door");
        }
        require(find("Store"), State.GOOD, "An older Genstore made it");
        require(find("Credentials"), State.GOOD);
    }

    @Test
    void files_of_another_user_are_named() {
        ApiKeys.in(data()).create("root", Set.of("admin"), null);
        require(new FolderDoctor(data()).access(), State.GOOD);
        var doctor =
                new FolderDoctor(data(), file -> file.endsWith("keys.json") ? "root" : "genstore");
        require(
                doctor.access(),
                State.FAIR,
                "keys.json belongs to root, its folder to genstore",
                "chown -R genstore " + data());
    }

    @Test
    void an_audit_log_that_can_not_be_written_is_bad() throws IOException {
        Path log = folder.resolve("logs/audit.jsonl");
        Map<Setting, String> given = Map.of(Setting.AUDIT, log.toString());
        require(find("Audit", Instant.now(), given), State.GOOD);
        Files.createDirectories(log);
        require(find("Audit", Instant.now(), given), State.BAD, "is a folder");
    }
}
