package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.changelog.Changelog;
import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Told;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The retention of a collection: what it has cut is told to nobody, and missed by nobody unawares. */
class CollectionRetentionTest {
    private static final Changelog.Memory TWO_CHANGES = new Changelog.Memory(2, 1 << 20);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ONE_CHANGE = "{\"retention\":{\"changes\":1}}";
    private static final String LONG_AGO = "2000-01-01T00:00:00Z";

    @TempDir
    Path folder;

    private TestServer start() {
        return TestServer.start(folder, builder -> builder.memory(TWO_CHANGES));
    }

    /** Revisions 1 to 5, of which 1, 2 and 4 are of notes; 6 is the definition that cuts 1 and 2. */
    private static void write(TestServer server) {
        var client = new RestClient(server.port());
        client.put("/api/notes/a", "{\"n\":1}");
        client.put("/api/notes/b", "{\"n\":2}");
        client.put("/api/tasks/1", "{\"n\":3}");
        client.put("/api/notes/a", "{\"n\":4}");
        client.put("/api/tasks/1", "{\"n\":5}");
        client.put("/api/_collections/notes", ONE_CHANGE);
        awaitCut(server, "/api/notes/b?at=1");
    }

    private static void awaitCut(TestServer server, String target) {
        await().atMost(PATIENCE).until(() -> RawHttp.get(server.port(), target).status() == 410);
    }

    private static List<String> heard(Follower follower) {
        var heard = new ArrayList<String>();
        for (Told told = follower.next(); !told.isSynced(); told = follower.next()) {
            String reason = told.data().path("reason").asString("");
            heard.add(told.isReset() ? "reset " + reason : told.type() + " " + told.revision());
        }
        return heard;
    }

    private static List<String> heard(TestServer server, FollowBy by, String target, String since) {
        try (Follower follower = by.follow(server, target, since)) {
            return heard(follower);
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_missed_what_is_cut_is_reset_and_told_what_is_there(FollowBy by) {
        try (TestServer server = start()) {
            write(server);
            for (String since : List.of("0", "1")) {
                assertThat(heard(server, by, "/api/notes", since))
                        .containsExactly("reset history-gone", "created 2", "created 4");
            }
            assertThat(heard(server, by, "/api/notes?n=9", "1"))
                    .containsExactly("reset history-gone");
            assertThat(heard(server, by, "/api/notes/b", "1"))
                    .containsExactly("reset history-gone", "created 2");
            assertThat(heard(server, by, "/api/notes?sort=-n&limit=1", "1"))
                    .containsExactly("reset history-gone", "created 4");
            assertThat(heard(server, by, "/api?since=" + LONG_AGO, ""))
                    .containsExactly(
                            "reset history-gone",
                            "created 2",
                            "created 4",
                            "created 5",
                            "created 6");
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_missed_nothing_that_is_cut_goes_on(FollowBy by) {
        try (TestServer server = start()) {
            write(server);
            assertThat(heard(server, by, "/api/notes", "2")).containsExactly("updated 4");
            assertThat(heard(server, by, "/api/notes/a", "2")).containsExactly("updated 4");
            assertThat(heard(server, by, "/api", "2"))
                    .containsExactly("created 3", "updated 4", "updated 5", "created 6");
            assertThat(heard(server, by, "/api/notes?sort=-n&limit=1", "2"))
                    .containsExactly("deleted 3", "created 4");
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_watches_elsewhere_loses_nothing(FollowBy by) {
        try (TestServer server = start()) {
            write(server);
            for (String since : List.of("0", LONG_AGO)) {
                assertThat(heard(server, by, "/api/tasks?since=" + since, ""))
                        .containsExactly("created 3", "updated 5");
            }
            assertThat(heard(server, by, "/api/tasks/1", "3")).containsExactly("updated 5");
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_keeps_up_is_told_of_everything(FollowBy by) {
        try (TestServer server = TestServer.start(folder)) {
            write(server);
            var client = new RestClient(server.port());
            try (Follower follower = by.follow(server, "/api/notes").synced()) {
                for (int i = 0; i < 50; i++) {
                    client.put("/api/notes/a", "{\"i\":" + i + "}");
                    assertThat(follower.nextChange().revision()).isEqualTo(7 + i);
                }
            }
        }
    }

    @Test
    void an_earlier_state_behind_which_something_is_cut_is_gone() {
        try (TestServer server = start()) {
            write(server);
            var client = new RestClient(server.port());
            for (String target : List.of(
                    "/api/notes?at=0",
                    "/api/notes?at=1",
                    "/api/notes?at=" + LONG_AGO,
                    "/api/notes/a?at=0",
                    "/api/notes/b?at=1")) {
                Answer gone = RawHttp.get(server.port(), target);
                assertThat(gone.status()).as("%s: %s", target, gone).isEqualTo(410);
                assertThat(gone.text()).contains("/problems/history-gone", "/api/notes");
            }
            assertThat(client.get("/api/notes?at=2").text()).contains("\"n\":1}", "\"n\":2}");
            assertThat(client.get("/api/notes/a?at=2").text()).contains("\"n\":1}");
            assertThat(client.get("/api/notes/b?at=2").text()).contains("\"n\":2}");
            assertThat(client.get("/api/tasks/1?at=3").text()).contains("\"n\":3}");
        }
    }

    @Test
    void what_is_cut_stays_cut_and_the_rest_is_cut_in_time_behind_a_restart() {
        try (TestServer server = start()) {
            write(server);
        }
        try (TestServer server = start()) {
            awaitCut(server, "/api/notes?at=1");
            assertThat(RawHttp.get(server.port(), "/api/notes?at=2").status()).isEqualTo(200);
            new RestClient(server.port()).put("/api/notes/b", "{\"n\":7}");
            awaitCut(server, "/api/notes?at=3");
            assertThat(heard(server, FollowBy.NDJSON, "/api/notes", "3"))
                    .containsExactly("reset history-gone", "created 4", "created 7");
        }
    }

    @Test
    void an_age_is_kept_while_nobody_writes() {
        try (TestServer server = start()) {
            var client = new RestClient(server.port());
            client.put("/api/_collections/notes", "{\"retention\":{\"age\":\"1s\"}}");
            client.put("/api/notes/a", "{\"n\":2}");
            client.put("/api/tasks/1", "{\"n\":3}");
            awaitCut(server, "/api/notes?at=1");
            assertThat(heard(server, FollowBy.SSE, "/api/tasks", "0")).containsExactly("created 3");
        }
    }
}
