package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.PartsServer;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.Told;
import dev.genstore.hub.Hub;
import dev.genstore.testkit.ManualClock;
import dev.genstore.testkit.MemoryDisk;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;

/** {@code synced} says up to where one has seen everything. A page says it by being empty. */
class SyncedTest {
    private static final Duration SILENCE = Duration.ofMillis(Hub.Limits.DEFAULT.silenceMillis());

    private final ManualClock clock = new ManualClock();
    private PartsServer server;
    private RestClient client;

    @BeforeEach
    void start() throws IOException {
        server = PartsServer.start(new MemoryDisk(new Random(1)).open(), clock);
        client = new RestClient(server.port());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void synced_comes_at_once_when_there_is_nothing_to_catch_up(FollowBy by) {
        client.put("/api/notes/1", "{}");
        String position = client.position();
        for (String since : new String[] {"", position, "1"}) {
            try (Follower follower = by.follow(server.port(), "/api/notes", since)) {
                Told told = follower.next();
                assertThat(told.type()).isEqualTo("synced");
                assertThat(told.id()).isEqualTo(position);
                assertThat(told.subject()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void synced_comes_when_the_catch_up_ends(FollowBy by) {
        client.put("/api/notes/1", "{}");
        client.put("/api/notes/2", "{}");
        client.put("/api/tasks/1", "{}");
        try (Follower follower = by.follow(server.port(), "/api/notes", "0")) {
            assertThat(follower.next().type()).isEqualTo("created");
            assertThat(follower.next().type()).isEqualTo("created");
            Told told = follower.next();
            assertThat(told.type()).isEqualTo("synced");
            assertThat(told.id()).isEqualTo(client.position());
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_behind_a_synced_is_not_told_again(FollowBy by) {
        client.put("/api/tasks/1", "{}");
        try (Follower follower = by.follow(server.port(), "/api/notes", "0")) {
            String position = follower.synced().position();
            client.put("/api/notes/1", "{}");
            try (Follower next = by.follow(server.port(), "/api/notes", position)) {
                assertThat(next.nextChange().revision()).isEqualTo(2);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "PAGES")
    void synced_comes_while_nothing_else_does(FollowBy by) {
        try (Follower follower = by.follow(server.port(), "/api/notes", "").synced()) {
            for (int i = 0; i < 2; i++) {
                clock.advance(SILENCE);
                assertThat(follower.next().type()).isEqualTo("synced");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "PAGES")
    void synced_comes_with_the_present_position_while_only_others_change(FollowBy by) {
        try (Follower follower = by.follow(server.port(), "/api/notes", "").synced()) {
            client.put("/api/tasks/1", "{}");
            client.put("/api/tasks/2", "{}");
            clock.advance(SILENCE);
            assertThat(follower.next().id()).isEqualTo(client.position());
            client.put("/api/notes/1", "{}");
            assertThat(follower.next().revision()).isEqualTo(3);
        }
    }

    @Test
    void nobody_waits_longer_than_15_seconds_for_it() {
        Duration untilNoticed = Duration.ofMillis(500);
        assertThat(SILENCE.plus(untilNoticed)).isLessThan(Duration.ofSeconds(15));
    }
}
