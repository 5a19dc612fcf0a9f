package dev.genstore.checks.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.auth.Algorithm;
import dev.genstore.auth.ApiKeys;
import dev.genstore.auth.Issuer;
import dev.genstore.checks.harness.LogWatch;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.embedded.GenstoreBuilder;
import dev.genstore.sqlite.StoreCopy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;

/** A store that has asked for credentials once never lets everybody in because they were lost. */
class LostKeysTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    private static int status(TestServer server, String... credentials) {
        return RawHttp.get(server.port(), "/api", credentials).status();
    }

    private static String key(Path data) {
        return ApiKeys.in(data).create("root", Set.of("admin"), null).text();
    }

    private void lock() {
        key(data());
        TestServer.start(data()).close();
    }

    private void loseKeys() throws IOException {
        Files.delete(data().resolve("keys.json"));
    }

    @Test
    void without_its_keys_it_lets_nobody_in_and_says_what_to_do() throws IOException {
        lock();
        loseKeys();
        try (var log = new LogWatch("dev.genstore.embedded");
                TestServer server = TestServer.start(data())) {
            assertThat(status(server)).isEqualTo(401);
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("WARN Nobody is let in")
                    .contains("genstore key create", "--data " + data(), "--insecure");
        }
    }

    @Test
    void a_new_key_lets_its_owner_in_while_it_runs() throws IOException {
        lock();
        loseKeys();
        try (TestServer server = TestServer.start(data())) {
            String text = key(data());
            await().atMost(PATIENCE)
                    .until(() -> status(server, "Authorization", "Bearer " + text) == 200);
            assertThat(status(server)).isEqualTo(401);
        }
    }

    @Test
    void the_database_alone_knows_it_in_a_backup_and_restored() {
        lock();
        Path backup = folder.resolve("backup");
        StoreCopy.backUp(data(), backup);
        Path restored = folder.resolve("restored");
        StoreCopy.restore(backup, restored, new Random(1));
        try (TestServer server = TestServer.start(restored)) {
            assertThat(status(server)).isEqualTo(401);
        }
    }

    /** The copy is what a crash would leave. */
    @Test
    void it_is_known_as_well_of_a_key_that_was_made_while_it_ran() {
        try (TestServer server = TestServer.start(data())) {
            assertThat(status(server)).isEqualTo(200);
            key(data());
            await().atMost(PATIENCE).until(() -> status(server) == 401);
            await().atMost(PATIENCE)
                    .until(() -> isCopyLocked(Files.createTempDirectory(folder, "copy")));
        }
    }

    private boolean isCopyLocked(Path copy) {
        StoreCopy.backUp(data(), copy);
        try (TestServer server = TestServer.start(copy)) {
            return server.store().isLocked();
        }
    }

    @Test
    void an_issuer_that_is_named_no_more_leaves_it_locked() {
        var issuer = new Issuer(
                "https://id.example",
                URI.create("https://id.example/keys"),
                Set.of("my-api"),
                Set.of(Algorithm.RS256));
        TestServer.start(data(), builder -> builder.issuer(issuer)).close();
        try (TestServer server = TestServer.start(data())) {
            assertThat(status(server)).isEqualTo(401);
        }
    }

    @Test
    void who_says_that_it_may_be_open_is_let_in_and_warned_each_time() throws IOException {
        lock();
        loseKeys();
        for (int start = 0; start < 2; start++) {
            try (var log = new LogWatch("dev.genstore.embedded");
                    TestServer server = TestServer.start(data(), GenstoreBuilder::insecure)) {
                assertThat(status(server)).isEqualTo(200);
                assertThat(log.messages())
                        .singleElement()
                        .asString()
                        .startsWith("WARN Insecure")
                        .contains("asked for credentials before");
            }
        }
    }

    @Test
    void a_store_that_never_asked_for_any_stays_open() {
        TestServer.start(data()).close();
        try (TestServer server = TestServer.start(data())) {
            assertThat(status(server)).isEqualTo(200);
        }
    }

    @Test
    void a_damaged_file_of_keys_is_told_once_and_changes_nothing() throws IOException {
        String text = key(data());
        byte[] note = "{}".getBytes(StandardCharsets.UTF_8);
        try (var log = new LogWatch("dev.genstore.auth");
                TestServer server = TestServer.start(data())) {
            Files.writeString(data().resolve("keys.json"), "{\"keys\":[{}]}");
            for (int i = 0; i < 20; i++) {
                server.store().resources().create("notes", note);
            }
            assertThat(status(server, "Authorization", "Bearer " + text)).isEqualTo(200);
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("ERROR The API keys stay as they were");
        }
    }
}
