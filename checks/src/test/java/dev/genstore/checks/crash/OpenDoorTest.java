package dev.genstore.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.auth.ApiKeys;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.server.Main;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A server is reached from its own machine only, until it asks for credentials. */
class OpenDoorTest {
    private static final int USAGE = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void without_credentials_it_does_not_listen_to_others(String host) {
        requireRefusal(Launch.serve(folder, "--host", host));
        assertThat(data()).doesNotExist();
    }

    @Test
    void what_the_refusal_says_to_do_helps() {
        String said = requireRefusal(everywhere());
        String command = said.replaceFirst(".*: genstore (key create .*?)\\. Or .*", "$1");
        var words = new ArrayList<>(List.of(command.split(" ", -1)));
        try (ServerProcess create = new Launch(folder, Main.class, words).spawn()) {
            assertThat(create.awaitExit()).as(create.errors()).isZero();
        }
        try (ServerProcess server = everywhere().start()) {
            assertThat(status(server)).isEqualTo(401);
            assertThat(server.errors()).doesNotContain("Insecure");
        }
    }

    @Test
    void who_says_that_it_is_meant_so_is_served_and_warned() {
        try (ServerProcess server = everywhere("--insecure").start()) {
            assertThat(status(server)).isEqualTo(200);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(server.errors())
                            .contains("WARN", "everybody who can connect", "read and write"));
        }
    }

    @Test
    void on_this_machine_nothing_has_to_be_said() {
        for (String host : List.of("127.0.0.1", "localhost")) {
            try (ServerProcess server = Launch.serve(folder, "--host", host).start()) {
                assertThat(server.errors()).doesNotContain("Insecure");
            }
        }
    }

    @Test
    void an_issuer_is_enough() {
        String issuer = "https://id.example https://id.example/keys my-api RS256";
        try (ServerProcess server = everywhere("--issuers", issuer).start()) {
            assertThat(status(server)).isEqualTo(401);
        }
    }

    /** Revoking must never let more people in. */
    @Test
    void a_server_whose_last_key_is_revoked_stays_locked_also_when_it_starts_again() {
        ApiKeys.Made only = ApiKeys.in(data()).create("only", Set.of("admin"), null);
        try (ServerProcess server = everywhere().start()) {
            assertThat(status(server, only)).isEqualTo(200);
            ApiKeys.in(data()).revoke(only.key().id());
            requireLockedFor(server, only);
        }
        try (ServerProcess again = everywhere().start()) {
            assertThat(status(again)).isEqualTo(401);
        }
    }

    @Test
    void a_server_whose_file_of_keys_is_deleted_stays_locked_and_does_not_start_again()
            throws IOException {
        ApiKeys.Made only = ApiKeys.in(data()).create("only", Set.of("admin"), null);
        try (ServerProcess server = everywhere().start()) {
            assertThat(status(server, only)).isEqualTo(200);
            Files.delete(data().resolve("keys.json"));
            requireLockedFor(server, only);
        }
        requireRefusal(everywhere());
    }

    @Test
    void a_file_without_keys_is_no_credentials() throws IOException {
        Files.createDirectories(data());
        Files.writeString(data().resolve("keys.json"), "{\"keys\":[]}");
        requireRefusal(everywhere());
    }

    /** Once the key is no good the server has seen what became of it. */
    private static void requireLockedFor(ServerProcess server, ApiKeys.Made key) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(status(server, key)).isEqualTo(401));
        assertThat(status(server)).isEqualTo(401);
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Launch everywhere(String... options) {
        var all = new ArrayList<>(List.of("--host", "0.0.0.0"));
        all.addAll(Arrays.asList(options));
        return Launch.serve(folder, all.toArray(String[]::new));
    }

    private static int status(ServerProcess server) {
        return RawHttp.get(server.url().getPort(), "/api").status();
    }

    private static int status(ServerProcess server, ApiKeys.Made key) {
        int port = server.url().getPort();
        return RawHttp.get(port, "/api", "Authorization", "Bearer " + key.text())
                .status();
    }

    private static String requireRefusal(Launch launch) {
        try (ServerProcess refused = launch.spawn()) {
            assertThat(refused.awaitExit()).as(refused.errors()).isEqualTo(USAGE);
            assertThat(refused.errors().lines())
                    .singleElement()
                    .asString()
                    .contains("genstore key create", "--issuers", "127.0.0.1", "--insecure");
            return refused.errors().strip();
        }
    }
}
