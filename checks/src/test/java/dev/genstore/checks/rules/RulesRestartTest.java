package dev.genstore.checks.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.Told;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Behind a restart a rule is as old as it is, whatever else has become of the definition since: an
 * index that is ready is no change of rules.
 */
class RulesRestartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String OWN = "{\"read\":\"resource.owner == auth.name\"}";

    /** More than are entered into an index at once. */
    private static final int NOTES = 150;

    @TempDir
    private Path folder;

    private RuledServer server;
    private String position;

    @BeforeEach
    void start() {
        server = RuledServer.start(folder);
        server.rule("notes", OWN);
        var operations = new StringBuilder();
        for (int i = 0; i < NOTES; i++) {
            operations.append(",{\"method\":\"PUT\",\"url\":\"/api/notes/" + i
                    + "\",\"body\":{\"owner\":\"ann\"}}");
        }
        String batch = "{\"operations\":[" + operations.substring(1) + "]}";
        assertThat(server.send("root", "POST", "/api/_batch", batch).status()).isEqualTo(200);
        position = server.get("ann", "/api/notes").json().path("position").asString();
        Answer defined = server.send(
                "root",
                "PATCH",
                "/api/_collections/notes",
                "{\"indexes\":[\"owner\"],\"schema\":{\"type\":\"object\"}}");
        assertThat(defined.text()).contains("_building");
        await().atMost(PATIENCE).until(() -> !definition().contains("_building"));
    }

    private String definition() {
        return server.get("root", "/api/_collections/notes").text();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void restart() {
        server.close();
        server = RuledServer.start(folder);
    }

    private Told next(FollowBy by, String target) {
        try (Follower follower = server.resume(by, "ann", target, position)) {
            return follower.next();
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_comes_back_from_before_an_index_was_ready_goes_on(FollowBy by) {
        restart();
        server.put("/api/notes/7", "{\"owner\":\"ann\",\"n\":1}");
        for (String target : new String[] {"/api/notes", "/api/notes/7", "/api"}) {
            assertThat(next(by, target).type()).as(target).isEqualTo("updated");
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_comes_back_from_before_another_rule_begins_anew(FollowBy by) {
        server.rule("notes", "{\"read\":\"true\"}");
        restart();
        for (String target : new String[] {"/api/notes", "/api/notes/7", "/api"}) {
            Told told = next(by, target);
            assertThat(told.data().path("reason").asString("")).isEqualTo("rules-changed");
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_comes_back_to_all_from_before_a_rule_was_deleted_begins_anew(FollowBy by) {
        server.rule("others", OWN);
        position = server.get("ann", "/api/notes").json().path("position").asString();
        server.send("root", "DELETE", "/api/_collections/others", "");
        restart();
        assertThat(next(by, "/api").isReset()).isTrue();
        assertThat(next(by, "/api/notes").isReset()).isFalse();
    }

    @Test
    void who_has_a_list_from_before_an_index_was_ready_has_the_present_one() {
        assertThat(known()).isEqualTo(304);
        restart();
        assertThat(known()).isEqualTo(304);
        server.rule("notes", "{\"read\":\"resource.owner != auth.name\"}");
        restart();
        assertThat(known()).isEqualTo(200);
    }

    private int known() {
        String tag = "\"" + position + "\"";
        return server.send("ann", "GET", "/api/notes", "", "If-None-Match", tag).status();
    }
}
