package dev.genstore.checks.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.embedded.Genstore;
import dev.genstore.embedded.GenstoreBuilder;
import dev.genstore.query.Selection;
import dev.genstore.resource.Target;
import dev.genstore.router.Action;
import dev.genstore.router.Method;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.router.Watchable;
import dev.genstore.store.Precondition;
import dev.genstore.store.Resources;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** An action of one's own is for those whom the rule lets that it was bound with, and for no others. */
class ActionRulesTest {
    private static RuledServer server;

    /** What a program works with; it may do there what it likes. */
    private record Own(Resources resources) {}

    /** Shows how many notes there are, and can be watched. */
    private static final class Counting implements Action<Resources>, Watchable {
        @Override
        public Selection selection(Request request) {
            return Selection.of(new Target.InCollection("notes"));
        }

        @Override
        public Reply act(Request request, Resources resources) {
            boolean isThere = resources.find("notes", request.variable("id")).isPresent();
            return Reply.of(200, "text/plain", "" + isThere);
        }
    }

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = RuledServer.start(folder, ActionRulesTest::bind);
        server.rule("notes", "{\"read\":\"resource.owner == auth.name\"}");
        server.put("/api/notes/a", "{\"owner\":\"ann\"}");
        server.put("/api/notes/b", "{\"owner\":\"bob\"}");
    }

    private static GenstoreBuilder bind(GenstoreBuilder builder) {
        return builder.context(Own.class, Own::new)
                .bind(Method.GET, "/ruleless", Resources.class, (request, resources) -> done())
                .bind(
                        Method.GET,
                        "/people/{name}",
                        Resources.class,
                        (request, resources) -> done(),
                        "path.name == auth.name")
                .bind(
                        Method.GET,
                        "/reds",
                        Resources.class,
                        (request, resources) -> done(),
                        "\"red\" in auth.scopes")
                .bind(Method.GET, "/seen/{id}", Resources.class, new Counting(), "true")
                .bindForEveryone(
                        Method.GET,
                        "/open/{id}",
                        Resources.class,
                        (request, resources) -> new Counting().act(request, resources))
                .bind(
                        Method.POST,
                        "/give/{id}",
                        Own.class,
                        (request, own) -> give(request, own.resources()),
                        "true");
    }

    private static Reply done() {
        return Reply.of(200, "text/plain", "done");
    }

    private static Reply give(Request request, Resources resources) {
        byte[] json = "{\"owner\":\"ann\"}".getBytes(StandardCharsets.UTF_8);
        resources.put("notes", request.variable("id"), json, Precondition.NONE);
        return Reply.of(204);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "ann, /ruleless, 403",
        "root, /ruleless, 200",
        "ann, /people/ann, 200",
        "ann, /people/bob, 403",
        "ann, /reds, 200",
        "eve, /reds, 403"
    })
    void it_is_for_those_whom_its_rule_lets(String who, String target, int status) {
        assertThat(server.get(who, target).status()).isEqualTo(status);
    }

    @Test
    void it_finds_in_the_store_what_he_may_read_who_asks() {
        assertThat(server.get("ann", "/seen/a").text()).isEqualTo("true");
        assertThat(server.get("ann", "/seen/b").text()).isEqualTo("false");
        assertThat(server.get("root", "/seen/b").text()).isEqualTo("true");
    }

    @Test
    void what_is_for_everyone_finds_nothing_for_a_stranger() {
        assertThat(RawHttp.get(server.server().port(), "/open/a").text()).isEqualTo("false");
        assertThat(server.get("ann", "/open/a").text()).isEqualTo("true");
    }

    @Test
    void a_context_of_its_own_may_do_what_the_program_does() {
        assertThat(server.send("eve", "POST", "/give/g", "").status()).isEqualTo(204);
        assertThat(server.get("ann", "/api/notes/g").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void who_watches_it_is_told_what_he_may_read(FollowBy by) {
        try (Follower ann = server.follow(by, "ann", "/seen/a?since=0")) {
            assertThat(ann.nextChange().data().path("owner").asString()).isEqualTo("ann");
        }
    }

    @Test
    void a_wrong_rule_is_told_when_it_is_bound() {
        assertThatThrownBy(() -> Genstore.builder()
                        .bind(
                                Method.GET,
                                "/x",
                                Resources.class,
                                (request, resources) -> done(),
                                "resource.a == 1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'GET /x'")
                .hasMessageContaining("Line 1, column 1");
    }
}
