package dev.genstore.checks.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import java.util.concurrent.CompletableFuture;

/** A change of rules takes hold at once, for those who watch, too. */
class RuleChangesTest {
    private static final String OWN = "{\"read\":\"resource.owner == auth.name\"}";
    private static final String ALL = "{\"read\":\"true\"}";

    @TempDir
    private Path folder;

    private RuledServer server;

    @BeforeEach
    void start() {
        server = RuledServer.start(folder);
        server.rule("notes", OWN);
        server.put("/api/notes/a", "{\"owner\":\"ann\"}");
        server.put("/api/notes/b", "{\"owner\":\"bob\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void who_sees_something_else_now_is_told_that_anew(FollowBy by) {
        Follower ann = server.follow(by, "ann", "/api/notes?since=0");
        assertThat(ann.nextChange().subject()).isEqualTo("a");
        ann.synced();
        server.rule("notes", ALL);
        try (Follower again = rejoin(by, ann)) {
            Told reset = again.nextChange();
            assertThat(reset.isReset()).isTrue();
            assertThat(reset.data().path("reason").asString()).isEqualTo("rules-changed");
            assertThat(again.nextChange().subject()).isEqualTo("a");
            assertThat(again.nextChange().subject()).isEqualTo("b");
            server.put("/api/notes/c", "{\"owner\":\"eve\"}");
            assertThat(again.nextChange().subject()).isEqualTo("c");
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_written_behind_a_change_of_rules_is_told_by_the_new_ones(FollowBy by) {
        server.rule("notes", ALL);
        Follower ann = server.follow(by, "ann", "/api/notes").synced();
        Answer done = server.send("root", "POST", "/api/_batch", """
                {"operations":[
                 {"method":"PUT","url":"/api/_collections/notes",
                  "body":{"rules":{"read":"resource.owner == auth.name"}}},
                 {"method":"PUT","url":"/api/notes/secret","body":{"owner":"bob"}},
                 {"method":"PUT","url":"/api/notes/z","body":{"owner":"ann"}}]}""");
        assertThat(done.status()).isEqualTo(200);
        try (Follower again = rejoin(by, ann)) {
            assertThat(again.nextChange().isReset()).isTrue();
            assertThat(again.nextChange().subject()).isEqualTo("a");
            assertThat(again.nextChange().subject()).isEqualTo("z");
        }
    }

    /** Those who have an answer to wait for get it; the others are ended and come back. */
    private Follower rejoin(FollowBy by, Follower ended) {
        if (by == FollowBy.PAGES) {
            return ended;
        }
        var end = catchThrowableOfType(Follower.Ended.class, () -> readOn(ended));
        assertThat(end.how())
                .matches(by == FollowBy.WEBSOCKET ? "1012 retry-after=[0-9]+" : "whole.*");
        return server.resume(by, "ann", "/api/notes", ended.position());
    }

    private static void readOn(Follower follower) {
        while (follower.next().isSynced()) {
            // it is told that nothing has happened
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_sees_the_same_goes_on(FollowBy by) {
        try (Follower ann = server.follow(by, "ann", "/api/notes").synced();
                Follower root = server.follow(by, "root", "/api/notes").synced()) {
            server.rule("notes", "{\"read\":\"auth.name == resource.owner\",\"update\":\"true\"}");
            server.rule("others", ALL);
            server.put("/api/notes/c", "{\"owner\":\"ann\"}");
            assertThat(ann.nextChange().subject()).isEqualTo("c");
            assertThat(root.nextChange().subject()).isEqualTo("c");
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_may_see_nothing_any_more_is_told_so(FollowBy by) {
        Follower ann = server.follow(by, "ann", "/api/notes?since=0");
        ann.nextChange();
        ann.synced();
        server.rule("notes", "{\"read\":\"'green' in auth.scopes\"}");
        if (by != FollowBy.PAGES) {
            var end = catchThrowableOfType(Follower.Ended.class, () -> readOn(ann));
            assertThat(end.how()).startsWith(by == FollowBy.WEBSOCKET ? "4403 " : "whole");
        }
        var refused = catchThrowableOfType(Follower.Refused.class, () -> goOn(by, ann));
        assertThat(refused.answer().status()).isEqualTo(403);
    }

    private void goOn(FollowBy by, Follower ended) {
        if (by == FollowBy.PAGES) {
            readOn(ended);
        }
        server.resume(by, "ann", "/api/notes", ended.position());
    }

    @ParameterizedTest
    @EnumSource
    void a_definition_that_is_deleted_lets_nobody_read(FollowBy by) {
        server.send("root", "DELETE", "/api/_collections/notes", "");
        var refused = catchThrowableOfType(
                Follower.Refused.class, () -> server.follow(by, "ann", "/api/notes?since=0"));
        assertThat(refused.answer().status()).isEqualTo(403);
    }

    @Test
    void who_has_a_list_is_given_the_one_that_he_may_see_now() {
        Answer before = server.get("ann", "/api/notes");
        String tag = before.header("ETag").orElseThrow();
        assertThat(server.send("ann", "GET", "/api/notes", "", "If-None-Match", tag)
                        .status())
                .isEqualTo(304);
        server.rule("notes", ALL);
        Answer after = server.send("ann", "GET", "/api/notes", "", "If-None-Match", tag);
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.text()).contains("\"id\":\"b\"");
    }

    @Test
    void who_waits_for_another_list_is_given_it_when_the_rules_make_one() {
        String tag = server.get("ann", "/api/notes").header("ETag").orElseThrow();
        var waiting = CompletableFuture.supplyAsync(() -> server.send(
                "ann", "GET", "/api/notes", "", "If-None-Match", tag, "Prefer", "wait=60"));
        server.rule("notes", ALL);
        assertThat(waiting.join().text()).contains("\"id\":\"b\"");
    }

    @Test
    void rules_hold_when_the_server_is_started_again() {
        server.close();
        server = RuledServer.start(folder);
        assertThat(server.get("ann", "/api/notes/a").status()).isEqualTo(200);
        assertThat(server.get("ann", "/api/notes/b").status()).isEqualTo(404);
    }
}
