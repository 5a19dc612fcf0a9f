package dev.genstore.checks.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.genstore.auth.ApiKeys;
import dev.genstore.auth.Gatekeeper;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.PartsServer;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.Told;
import dev.genstore.testkit.ManualClock;
import dev.genstore.testkit.MemoryDisk;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Credentials that expire while somebody watches; the clock is the test's. */
class ExpiryTest {
    private static final byte[] NOTE = "{\"title\":\"a\"}".getBytes(StandardCharsets.UTF_8);

    private final ManualClock clock = new ManualClock();

    @TempDir
    private Path folder;

    private PartsServer server;
    private Gatekeeper gatekeeper;
    private String brief;
    private String lasting;

    @BeforeEach
    void start() throws IOException {
        ApiKeys keys = ApiKeys.in(folder, clock);
        brief = keys.create("brief", Set.of("admin"), Duration.ofMinutes(10)).text();
        lasting = keys.create("lasting", Set.of("admin"), null).text();
        gatekeeper = Gatekeeper.of(folder, List.of(), clock);
        server = PartsServer.start(new MemoryDisk(new Random(1)).open(), clock, gatekeeper);
    }

    @AfterEach
    void stop() {
        server.close();
        gatekeeper.close();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "PAGES")
    void half_a_minute_before_the_end_a_watcher_is_told_of_it(FollowBy transport) {
        try (Follower follower = follow(transport, brief).synced();
                Follower other = follow(transport, lasting).synced()) {
            clock.advance(Duration.ofSeconds(569));
            create();
            assertThat(nextChangeWithoutWarning(follower).type()).isEqualTo("created");
            clock.advance(Duration.ofSeconds(1));
            Told warning = nextWarning(follower);
            assertThat(warning.type()).isEqualTo("synced");
            assertThat(warning.expires()).isEqualTo("2026-01-01T00:10:00.000Z");
            create();
            assertThat(nextChangeWithoutWarning(follower).type()).isEqualTo("created");
            assertThat(nextChangeWithoutWarning(other).type()).isEqualTo("created");
            assertThat(nextChangeWithoutWarning(other).type()).isEqualTo("created");
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_happens_behind_the_end_is_not_told(FollowBy transport) {
        try (Follower follower = follow(transport, brief).synced();
                Follower other = follow(transport, lasting).synced()) {
            create();
            assertThat(follower.nextChange().type()).isEqualTo("created");
            assertThat(other.nextChange().type()).isEqualTo("created");
            clock.advance(Duration.ofMinutes(10));
            create();
            Ends.require(transport, follower);
            assertThat(other.nextChange().type()).isEqualTo("created");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_watch_ends_within_five_seconds_though_nothing_happens_at_all(FollowBy transport) {
        try (Follower follower = follow(transport, brief).synced()) {
            clock.advance(Duration.ofMinutes(11));
            assertTimeoutPreemptively(
                    Duration.ofSeconds(5), () -> Ends.require(transport, follower));
        }
    }

    @Test
    void an_expired_key_is_refused() {
        String[] credentials = {"Authorization", "Bearer " + brief};
        assertThat(RawHttp.get(server.port(), "/api", credentials).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(10));
        assertThat(RawHttp.get(server.port(), "/api", credentials).status()).isEqualTo(401);
    }

    private Follower follow(FollowBy transport, String key) {
        return transport.follow(server.port(), "/api/notes", Sent.asBearer(key));
    }

    private void create() {
        server.resources().create("notes", NOTE);
    }

    private static Told nextWarning(Follower follower) {
        Told told = follower.next();
        while (told.isSynced() && told.expires().isEmpty()) {
            told = follower.next();
        }
        return told;
    }

    private static Told nextChangeWithoutWarning(Follower follower) {
        Told told = follower.next();
        while (told.isSynced()) {
            assertThat(told.expires()).isEmpty();
            told = follower.next();
        }
        return told;
    }
}
