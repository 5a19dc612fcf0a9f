package dev.genstore.checks.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Answer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;

/** What rules let somebody do, and what is answered where they do not. */
class PermissionTest {
    private static final String NOTES = """
            {"read":"resource.owner == auth.name || resource.public == true",
             "create":"next.owner == auth.name",
             "update":"resource.owner == auth.name && next.owner == auth.name",
             "delete":"resource.owner == auth.name || \\"red\\" in auth.scopes"}""";

    private static RuledServer server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = RuledServer.start(folder);
        server.rule("notes", NOTES);
        server.rule("letters", "{\"create\":\"true\"}");
        server.put("/api/other/1", "{\"a\":1}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void write() {
        server.put("/api/notes/a", "{\"owner\":\"ann\"}");
        server.put("/api/notes/b", "{\"owner\":\"bob\"}");
        server.put("/api/notes/p", "{\"owner\":\"bob\",\"public\":true}");
        server.send("root", "DELETE", "/api/notes/n", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ann  | GET    | /api/notes/a | 200",
                "ann  | GET    | /api/notes/p | 200",
                "ann  | GET    | /api/notes/b | 404",
                "ann  | HEAD   | /api/notes/b | 404",
                "ann  | GET    | /api/notes/x | 404",
                "eve  | GET    | /api/notes   | 200",
                "root | GET    | /api/notes/b | 200",
                "ann  | DELETE | /api/notes/a | 204",
                "ann  | DELETE | /api/notes/p | 204",
                "ann  | DELETE | /api/notes/b | 404",
                "eve  | DELETE | /api/notes/p | 403",
                "root | DELETE | /api/notes/b | 204",
                "ann  | GET    | /api/other   | 403",
                "ann  | GET    | /api/other/1 | 404",
                "ann  | DELETE | /api/other/1 | 404",
                "ann  | GET    | /api/nothing | 403",
                "ann  | GET    | /api         | 200",
                "ann  | GET    | /api/_collections       | 403",
                "ann  | GET    | /api/_collections/notes | 404",
                "ann  | DELETE | /api/_collections/notes | 404",
                "root | GET    | /api/_collections/notes | 200",
            })
    void who_asks_is_answered_as_the_rules_say(String who, String method, String at, int status) {
        assertThat(server.send(who, method, at, "").status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ann  | PUT   | /api/notes/n | {\"owner\":\"ann\"}            | 201",
                "ann  | PUT   | /api/notes/n | {\"owner\":\"bob\"}            | 403",
                "ann  | POST  | /api/notes   | {\"owner\":\"bob\"}            | 403",
                "ann  | POST  | /api/notes   | {\"id\":\"b\",\"owner\":\"bob\"} | 403",
                "ann  | POST  | /api/notes   | {\"id\":\"b\",\"owner\":\"ann\"} | 409",
                "ann  | PUT   | /api/notes/b | {\"owner\":\"ann\"}            | 403",
                "ann  | PUT   | /api/notes/b | {\"owner\":\"bob\"}            | 403",
                "ann  | PUT   | /api/notes/p | {\"owner\":\"ann\"}            | 403",
                "ann  | PUT   | /api/notes/a | {\"owner\":\"ann\",\"x\":1}      | 200",
                "ann  | PUT   | /api/notes/a | {\"owner\":\"ann\"}            | 200",
                "ann  | PATCH | /api/notes/a | {\"x\":1}                    | 200",
                "ann  | PATCH | /api/notes/a | {\"owner\":\"bob\"}            | 403",
                "ann  | PATCH | /api/notes/b | {\"x\":1}                    | 404",
                "ann  | PATCH | /api/notes/p | {\"x\":1}                    | 403",
                "ann  | PATCH | /api/notes/p | {}                         | 403",
                "eve  | PUT   | /api/other/2 | {}                         | 403",
                "root | PUT   | /api/notes/b | {\"owner\":\"eve\"}            | 200",
                "ann  | PUT   | /api/_collections/notes | {}              | 403",
                "ann  | POST  | /api/_collections | {\"id\":\"mine\"}       | 403",
            })
    void who_writes_is_answered_as_the_rules_say(
            String who, String method, String at, String body, int status) {
        Answer answer = server.send(who, method, at, body);
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        if (status == 403) {
            assertThat(answer.text()).contains("/problems/forbidden");
        }
    }

    @Test
    void a_patch_does_not_tell_what_is_in_a_resource_that_is_not_seen() {
        String[] json = {"Content-Type", "application/json-patch+json"};
        String right = "[{\"op\":\"test\",\"path\":\"/owner\",\"value\":\"bob\"}]";
        String wrong = "[{\"op\":\"test\",\"path\":\"/owner\",\"value\":\"eve\"}]";
        Answer one = server.send("ann", "PATCH", "/api/notes/b", right, json);
        Answer other = server.send("ann", "PATCH", "/api/notes/b", wrong, json);
        assertThat(one.status()).isEqualTo(404);
        assertThat(other.text()).isEqualTo(one.text());
    }

    @Test
    void a_condition_does_not_tell_the_version_of_what_is_not_seen() {
        Answer refused = server.send(
                "ann", "PUT", "/api/notes/b", "{\"owner\":\"ann\"}", "If-Match", "\"1\"");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("ETag")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"If-Match,*", "If-Match,\"1\"", "If-None-Match,*", "X-None,*"})
    void a_condition_does_not_tell_whether_there_is_what_is_not_seen(String name, String value) {
        Answer hidden =
                server.send("ann", "PUT", "/api/notes/b", "{\"owner\":\"bob\"}", name, value);
        Answer missing =
                server.send("ann", "PUT", "/api/notes/n", "{\"owner\":\"bob\"}", name, value);
        assertThat(missing.status()).isEqualTo(403);
        assertThat(hidden.status()).isEqualTo(403);
        assertThat(hidden.text()).isEqualTo(missing.text());
    }

    @Test
    void of_a_batch_nothing_is_done_when_one_of_its_writes_is_refused() {
        Answer refused = server.send("ann", "POST", "/api/_batch", """
                {"operations":[
                 {"method":"PATCH","url":"/api/notes/a","body":{"x":7}},
                 {"method":"PUT","url":"/api/notes/n","body":{"owner":"bob"}}]}""");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("\"pointer\":\"/operations/1\"");
        assertThat(server.get("ann", "/api/notes/a").text()).doesNotContain("\"x\"");
    }

    @Test
    void a_batch_is_decided_by_the_rules_that_it_makes() {
        Answer done = server.send("root", "POST", "/api/_batch", """
                {"operations":[
                 {"method":"PUT","url":"/api/_collections/open","body":{"rules":{"read":"true"}}},
                 {"method":"PUT","url":"/api/open/1","body":{}}]}""");
        assertThat(done.status()).isEqualTo(200);
        assertThat(server.get("eve", "/api/open").text()).contains("\"id\":\"1\"");
    }

    @Test
    void who_writes_what_he_may_not_read_is_not_shown_it() {
        Answer made = server.send("eve", "POST", "/api/letters", "{\"text\":\"hello\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location")).isPresent();
        assertThat(made.body()).isEmpty();
        assertThat(server.get("eve", "/api/letters").status()).isEqualTo(403);
        assertThat(server.get("eve", made.header("Location").orElseThrow()).status())
                .isEqualTo(404);
    }

    @Test
    void only_collections_that_one_may_read_are_listed_and_counted_where_that_is_all() {
        server.rule("open", "{\"read\":\"true\"}");
        server.put("/api/open/1", "{}");
        String shown = server.get("ann", "/api").text();
        assertThat(shown).contains("{\"name\":\"notes\",\"url\":\"/api/notes\"}");
        assertThat(shown).contains("{\"name\":\"open\",\"url\":\"/api/open\",\"count\":");
        assertThat(shown).doesNotContain("other").doesNotContain("letters");
        assertThat(server.get("root", "/api").text()).contains("\"name\":\"other\"");
    }

    @Test
    void the_documents_tell_of_definitions_only_who_may_read_them() {
        assertThat(server.get("root", "/openapi.json").text()).contains("notes.Resource");
        Answer general = server.get("ann", "/openapi.json");
        assertThat(general.status()).isEqualTo(200);
        assertThat(general.text()).doesNotContain("notes.Resource").contains("/api/{collection}");
    }

    @Test
    void a_cache_keeps_apart_what_different_people_are_answered() {
        assertThat(server.get("ann", "/api/notes").header("Vary").orElse(""))
                .contains("Authorization");
    }
}
