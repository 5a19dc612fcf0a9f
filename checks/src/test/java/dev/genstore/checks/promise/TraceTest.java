package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Told;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.List;

/** An event says where in a trace its writer was, whenever and however it is told. */
class TraceTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0";

    private TestServer server;
    private RestClient client;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        server = TestServer.start(folder);
        client = new RestClient(server.port());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void restart() {
        stop();
        start();
    }

    private static String trace(Told told) {
        return told.json().path("traceparent").asString("");
    }

    @ParameterizedTest
    @EnumSource
    void traceparent_is_that_of_the_write(FollowBy by) {
        String since = client.position();
        try (Follower live = by.follow(server, "/api/notes").synced()) {
            client.put("/api/notes/1", "{}", "traceparent", TRACE + 0);
            client.put("/api/notes/1", "{\"n\":1}");
            client.patch("/api/notes/1", "{\"n\":2}", "Traceparent", TRACE + 1);
            client.delete("/api/notes/1", "traceparent", TRACE + 2);
            client.post("/api/notes", "{}", "traceparent", TRACE + 3, "Idempotency-Key", "k");
            assertTold(live);
        }
        try (Follower later = by.follow(server, "/api/notes", since)) {
            assertTold(later);
        }
        restart();
        try (Follower resumed = by.resume(server, "/api/notes", since)) {
            assertTold(resumed);
        }
    }

    private static void assertTold(Follower follower) {
        for (String trace : List.of(TRACE + 0, "", TRACE + 1, TRACE + 2, TRACE + 3)) {
            assertThat(trace(follower.nextChange())).isEqualTo(trace);
        }
    }

    @ParameterizedTest
    @EnumSource
    void each_event_of_a_batch_is_in_the_trace_of_it(FollowBy by) {
        try (Follower follower = by.follow(server, "/api").synced()) {
            client.post(
                    "/api/_batch",
                    "{\"operations\":[{\"method\":\"PUT\",\"url\":\"/api/notes/1\",\"body\":{}},"
                            + "{\"method\":\"POST\",\"url\":\"/api/tasks\",\"body\":{}}]}",
                    "traceparent",
                    TRACE + 1);
            assertThat(trace(follower.nextChange())).isEqualTo(TRACE + 1);
            assertThat(trace(follower.nextChange())).isEqualTo(TRACE + 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void both_events_of_a_change_of_a_window_are_in_its_trace(FollowBy by) {
        client.put("/api/games/a", "{\"score\":1}");
        String best = "/api/games?sort=-score&limit=1";
        try (Follower follower = by.follow(server, best)) {
            assertThat(trace(follower.nextChange())).isEmpty();
            follower.synced();
            client.put("/api/games/b", "{\"score\":2}", "traceparent", TRACE + 1);
            assertThat(trace(follower.nextChange())).isEqualTo(TRACE + 1);
            assertThat(trace(follower.nextChange())).isEqualTo(TRACE + 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_malformed_or_given_twice_is_as_if_it_were_not_given(FollowBy by) {
        try (Follower follower = by.follow(server, "/api/notes").synced()) {
            client.put("/api/notes/1", "{}", "traceparent", "me");
            client.put("/api/notes/2", "{}", "traceparent", "ff" + TRACE.substring(2) + 1);
            client.put("/api/notes/3", "{}", "traceparent", TRACE + 1, "traceparent", TRACE + 1);
            client.put("/api/notes/4", "{}", "traceparent", "cc" + TRACE.substring(2) + "1-more");
            for (String trace : List.of("", "", "", TRACE + 1)) {
                assertThat(trace(follower.nextChange())).isEqualTo(trace);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_present_state_is_in_no_trace(FollowBy by) {
        client.put("/api/notes/1", "{}", "traceparent", TRACE + 1);
        try (Follower follower = by.follow(server, "/api/notes", "other1-3")) {
            assertThat(follower.next().type()).isEqualTo("reset");
            assertThat(trace(follower.nextChange())).isEmpty();
        }
    }

    @Test
    void what_is_stored_and_shown_says_nothing_of_traces() {
        client.put("/api/notes/1", "{}", "traceparent", TRACE + 1);
        assertThat(RawHttp.get(server.port(), "/api/notes/1").toString()).doesNotContain("0af765");
    }
}
