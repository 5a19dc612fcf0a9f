package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.PartsServer;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.Told;
import dev.genstore.testkit.ManualClock;
import dev.genstore.testkit.MemoryDisk;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.util.Random;

/** What was answered is there for whoever comes behind it, also when the hub has not told it yet. */
class LateHubTest {
    private PartsServer server;
    private RestClient client;

    @BeforeEach
    void start() throws IOException {
        var storage = new MemoryDisk(new Random(1)).open();
        server = PartsServer.startWithoutHub(storage, new ManualClock());
        client = new RestClient(server.port());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void what_was_answered_is_told_before_synced(FollowBy by) {
        client.put("/api/notes/1", "{}");
        client.put("/api/notes/2", "{}");
        try (Follower follower = by.follow(server.port(), "/api/notes", "0")) {
            assertThat(follower.next().subject()).isEqualTo("1");
            assertThat(follower.next().subject()).isEqualTo("2");
            assertThat(follower.synced().position()).isEqualTo(client.position());
            server.startHub();
            client.put("/api/notes/3", "{}");
            assertThat(follower.nextChange().subject()).isEqualTo("3");
        }
    }

    @ParameterizedTest
    @EnumSource
    void synced_names_the_position_of_the_store_when_one_came(FollowBy by) {
        client.put("/api/tasks/1", "{}");
        for (String since : new String[] {"", "0", "1"}) {
            try (Follower follower = by.follow(server.port(), "/api/notes", since)) {
                assertThat(follower.synced().position()).isEqualTo(client.position());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_was_told_from_the_log_is_not_told_again_when_the_hub_comes(FollowBy by) {
        client.put("/api/notes/1", "{}");
        try (Follower follower = by.follow(server.port(), "/api/notes", "0")) {
            assertThat(follower.nextChange().revision()).isEqualTo(1);
            server.startHub();
            client.put("/api/notes/1", "{\"n\":1}");
            client.delete("/api/notes/1");
            Told updated = follower.nextChange();
            assertThat(updated.revision()).isEqualTo(2);
            assertThat(follower.nextChange().revision()).isEqualTo(3);
        }
    }
}
