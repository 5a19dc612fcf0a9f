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
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;

/** Of what somebody may not read he is told nothing, whatever way he watches. */
class SightTest {
    @TempDir
    private Path folder;

    private RuledServer server;

    @BeforeEach
    void start() {
        server = RuledServer.start(folder);
        server.rule("notes", "{\"read\":\"resource.owner == auth.name\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void note(String id, String owner) {
        server.put(
                "/api/notes/" + id, "{\"owner\":\"" + owner + "\",\"text\":\"of " + owner + "\"}");
    }

    @ParameterizedTest
    @EnumSource
    void what_one_may_not_read_is_not_told(FollowBy by) {
        try (Follower ann = server.follow(by, "ann", "/api/notes").synced();
                Follower root = server.follow(by, "root", "/api/notes").synced()) {
            note("b", "bob");
            note("a", "ann");
            assertThat(ann.nextChange().subject()).isEqualTo("a");
            assertThat(root.nextChange().subject()).isEqualTo("b");
            assertThat(root.nextChange().subject()).isEqualTo("a");
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_was_before_is_told_as_far_as_one_may_read_it(FollowBy by) {
        note("b", "bob");
        note("a", "ann");
        note("b", "ann");
        note("a", "bob");
        try (Follower ann = server.follow(by, "ann", "/api/notes?since=0")) {
            assertThat(ann.nextChange().subject()).isEqualTo("a");
            Told gained = ann.nextChange();
            assertThat(gained.type() + gained.subject()).isEqualTo("createdb");
            Told lost = ann.nextChange();
            assertThat(lost.type() + lost.subject()).isEqualTo("deleteda");
            assertThat(lost.json().toString()).doesNotContain("bob");
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_loses_sight_is_told_the_id_alone_and_who_gains_it_is_told_all(FollowBy by) {
        note("a", "ann");
        try (Follower ann = server.follow(by, "ann", "/api/notes?data=patch").synced();
                Follower bob = server.follow(by, "bob", "/api/notes?data=patch").synced()) {
            note("a", "bob");
            Told lost = ann.nextChange();
            assertThat(lost.type()).isEqualTo("deleted");
            assertThat(lost.data().propertyNames()).containsExactly("id", "_revision");
            Told gained = bob.nextChange();
            assertThat(gained.type()).isEqualTo("created");
            assertThat(gained.data().path("text").asString()).isEqualTo("of bob");
        }
    }

    @ParameterizedTest
    @EnumSource
    void at_the_root_all_collections_are_told_as_far_as_one_may_read_them(FollowBy by) {
        server.rule("open", "{\"read\":\"true\"}");
        server.rule("reds", "{\"read\":\"'red' in auth.scopes\"}");
        try (Follower ann = server.follow(by, "ann", "/api").synced();
                Follower bob = server.follow(by, "bob", "/api").synced()) {
            server.put("/api/secrets/1", "{}");
            note("b", "bob");
            server.put("/api/reds/1", "{}");
            server.put("/api/open/1", "{}");
            assertThat(ann.nextChange().source()).isEqualTo("/api/reds");
            assertThat(ann.nextChange().source()).isEqualTo("/api/open");
            assertThat(bob.nextChange().source()).isEqualTo("/api/notes");
            assertThat(bob.nextChange().source()).isEqualTo("/api/open");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_live_window_is_one_of_what_one_may_read(FollowBy by) {
        String window = "/api/notes?sort=-text,id&limit=1";
        note("b", "bob");
        note("a1", "ann");
        try (Follower ann = server.follow(by, "ann", window)) {
            assertThat(ann.nextChange().subject()).isEqualTo("a1");
            note("b", "eve");
            note("a0", "ann");
            Told lost = ann.nextChange();
            assertThat(lost.type() + lost.subject()).isEqualTo("deleteda1");
            Told entered = ann.nextChange();
            assertThat(entered.type() + entered.subject()).isEqualTo("createda0");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_resource_that_one_may_not_read_yet_can_be_watched(FollowBy by) {
        note("x", "bob");
        try (Follower ann = server.follow(by, "ann", "/api/notes/x").synced()) {
            note("x", "eve");
            note("x", "ann");
            Told told = ann.nextChange();
            assertThat(told.type()).isEqualTo("created");
            assertThat(told.data().path("owner").asString()).isEqualTo("ann");
        }
    }

    @ParameterizedTest
    @EnumSource
    void where_one_can_never_see_anything_one_can_not_watch(FollowBy by) {
        server.rule("reds", "{\"read\":\"'red' in auth.scopes\"}");
        var refused = catchThrowableOfType(
                Follower.Refused.class, () -> server.follow(by, "bob", "/api/reds"));
        assertThat(refused.answer().status()).isEqualTo(403);
        refused = catchThrowableOfType(
                Follower.Refused.class, () -> server.follow(by, "ann", "/api/_collections"));
        assertThat(refused.answer().status()).isEqualTo(403);
        server.follow(by, "ann", "/api/reds").synced().close();
    }

    /** Else who asks with one position after the other finds out when it has changed. */
    @ParameterizedTest
    @ValueSource(strings = {"If-None-Match", "If-Match"})
    void where_one_can_never_see_anything_no_condition_is_answered(String condition) {
        server.rule("reds", "{\"read\":\"'red' in auth.scopes\"}");
        server.put("/api/reds/1", "{}");
        String position =
                server.get("root", "/api/reds").json().path("position").asString();
        String epoch = position.replaceAll("-.*", "");
        for (String path : List.of("/api/reds", "/api/never", "/api/_collections")) {
            for (String tag : List.of(quoted(position), quoted(epoch + "-1"), "*", quoted("x"))) {
                Answer answer = server.send("bob", "GET", path, "", condition, tag);
                assertThat(answer.status()).isEqualTo(403);
                assertThat(answer.header("ETag")).isEmpty();
            }
        }
    }

    private static String quoted(String tag) {
        return '"' + tag + '"';
    }

    @Test
    void what_was_is_shown_as_the_rules_are_now() {
        note("a", "ann");
        String then = server.get("root", "/api/notes").json().path("position").asString();
        note("a", "bob");
        assertThat(server.get("ann", "/api/notes/a").status()).isEqualTo(404);
        assertThat(server.get("ann", "/api/notes/a?at=" + then).status()).isEqualTo(200);
        assertThat(server.get("bob", "/api/notes/a?at=" + then).status()).isEqualTo(404);
        assertThat(server.get("bob", "/api/notes?at=" + then).text()).contains("\"items\":[]");
    }

    @Test
    void those_for_whom_a_rule_comes_to_the_same_share_what_they_are_told() {
        server.rule("open", "{\"read\":\"has(auth.name)\"}");
        try (Follower ann = server.follow(FollowBy.NDJSON, "ann", "/api/open").synced();
                Follower bob =
                        server.follow(FollowBy.NDJSON, "bob", "/api/open").synced();
                Follower root =
                        server.follow(FollowBy.NDJSON, "root", "/api/open").synced()) {
            assertThat(server.server().store().feedCount()).isEqualTo(1);
            assertThat(ann.position()).isEqualTo(bob.position()).isEqualTo(root.position());
        }
    }

    @Test
    void those_for_whom_a_rule_comes_to_something_else_share_with_themselves_alone() {
        server.rule("own", "{\"read\":\"resource.owner == auth.id\"}");
        try (Follower ann = server.follow(FollowBy.NDJSON, "ann", "/api/own").synced();
                Follower again =
                        server.follow(FollowBy.NDJSON, "ann", "/api/own").synced()) {
            assertThat(server.server().store().feedCount()).isEqualTo(1);
            try (Follower bob =
                    server.follow(FollowBy.NDJSON, "bob", "/api/own").synced()) {
                assertThat(server.server().store().feedCount()).isEqualTo(2);
                assertThat(ann.position()).isEqualTo(again.position()).isEqualTo(bob.position());
            }
        }
    }

    @Test
    void a_list_says_nothing_of_what_it_has_looked_at_and_does_not_show() {
        for (int i = 0; i < 20; i++) {
            note("b" + i, "bob");
        }
        note("z", "ann");
        var answer = server.get("ann", "/api/notes?limit=1");
        assertThat(answer.header("Genstore-Scanned")).isEmpty();
        assertThat(answer.text()).contains("\"id\":\"z\"").doesNotContain("next");
    }
}
