package dev.genstore.checks.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.genstore.auth.ApiKeys;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** A key that is revoked opens nothing any more, and what it has opened is closed. */
class RevocationTest {
    private static final byte[] NOTE = "{\"title\":\"a\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private TestServer server;
    private ApiKeys keys;
    private ApiKeys.Made key;
    private ApiKeys.Made other;

    @BeforeEach
    void start() {
        keys = ApiKeys.in(folder);
        key = keys.create("it", Set.of("admin"), null);
        other = keys.create("other", Set.of("admin"), null);
        server = TestServer.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void what_happens_behind_a_revocation_is_not_told(FollowBy transport) {
        try (Follower follower = follow(transport, key).synced();
                Follower spared = follow(transport, other).synced()) {
            server.store().resources().create("notes", NOTE);
            assertThat(follower.nextChange().type()).isEqualTo("created");
            assertThat(spared.nextChange().type()).isEqualTo("created");
            keys.revoke(key.key().id());
            server.store().resources().create("notes", NOTE);
            Ends.require(transport, follower);
            assertThat(spared.nextChange().type()).isEqualTo("created");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_watch_ends_within_five_seconds_when_nothing_happens_at_all(FollowBy transport) {
        try (Follower follower = follow(transport, key)) {
            follower.synced();
            keys.revoke(key.key().id());
            assertTimeoutPreemptively(
                    Duration.ofSeconds(5), () -> Ends.require(transport, follower));
        }
    }

    @ParameterizedTest
    @EnumSource
    void when_the_first_key_is_made_those_who_watch_as_nobody_are_ended(FollowBy transport) {
        try (TestServer open = TestServer.start(folder.resolve("open"));
                Follower follower = transport.follow(open, "/api/notes").synced()) {
            ApiKeys.in(folder.resolve("open")).create("first", Set.of("admin"), null);
            Ends.require(transport, follower);
            assertThat(RawHttp.get(open.port(), "/api/notes").status()).isEqualTo(401);
        }
    }

    @Test
    void a_revoked_key_is_refused() {
        String[] credentials = {"Authorization", "Bearer " + key.text()};
        assertThat(RawHttp.get(server.port(), "/api", credentials).status()).isEqualTo(200);
        keys.revoke(key.key().id());
        server.store().resources().create("notes", NOTE);
        assertThat(RawHttp.get(server.port(), "/api", credentials).status()).isEqualTo(401);
    }

    @Test
    void who_deletes_the_keys_locks_all_out_and_opens_nothing() throws Exception {
        Files.delete(folder.resolve("keys.json"));
        server.store().resources().create("notes", NOTE);
        assertThat(RawHttp.get(server.port(), "/api", "Authorization", "Bearer " + key.text())
                        .status())
                .isEqualTo(401);
        assertThat(RawHttp.get(server.port(), "/api").status()).isEqualTo(401);
    }

    private Follower follow(FollowBy transport, ApiKeys.Made by) {
        return transport.follow(server.port(), "/api/notes", Sent.asBearer(by.text()));
    }
}
