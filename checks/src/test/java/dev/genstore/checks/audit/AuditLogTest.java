package dev.genstore.checks.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.embedded.audit.AuditSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** Each thing that is to be known of later has a line that says who did it, and from where. */
class AuditLogTest {
    @TempDir
    private Path folder;

    private AuditedServer server;

    @BeforeEach
    void start() {
        server = AuditedServer.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_write_is_told_with_who_what_from_where_and_its_revision() {
        Answer answer = server.send(
                "PUT", "/api/notes/7?x=1", "{\"a\":1}", "Request-Id", "r-1", "Prefer", "wait=1");
        assertThat(answer.status()).isEqualTo(400); // 'x' is no parameter here
        assertThat(server.line("write", "/api/notes/7").path("problem").asString())
                .isEqualTo("invalid-parameter");
        Answer done = server.send("PUT", "/api/notes/8", "{\"a\":1}", "Request-Id", "r-1");
        JsonNode line = server.line("write", "/api/notes/8");
        assertThat(line.propertyNames())
                .containsExactly(
                        "time",
                        "event",
                        "address",
                        "principal",
                        "by",
                        "method",
                        "target",
                        "status",
                        "revision",
                        "request");
        assertThat(line.path("time").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(line.path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(line.path("principal").asString())
                .isEqualTo(AuditedServer.principal(server.root()));
        assertThat(line.path("by").asString()).isEqualTo("key");
        assertThat(line.path("method").asString()).isEqualTo("PUT");
        assertThat(line.path("status").asInt()).isEqualTo(201);
        assertThat("\"" + line.path("revision").asString() + "\"")
                .isEqualTo(done.header("ETag").orElseThrow());
        assertThat(line.path("request").asString()).isEqualTo("r-1");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/notes, {}, 201",
        "PATCH, /api/notes/none, {}, 404",
        "DELETE, /api/notes/none, '', 404",
        "POST, /api/notes, [], 400",
        "PUT, /nothing, {}, 404"
    })
    void what_was_tried_has_a_line_too(String method, String target, String body, int status) {
        assertThat(server.send(method, target, body).status()).isEqualTo(status);
        JsonNode line = server.line("write", target);
        assertThat(line.path("method").asString()).isEqualTo(method);
        assertThat(line.path("status").asInt()).isEqualTo(status);
    }

    @Test
    void a_batch_says_what_it_has_written() {
        server.send(
                "POST",
                "/api/_batch",
                "{\"operations\":[{\"method\":\"POST\",\"url\":\"/api/notes\",\"body\":{\"id\":\"a\"}},"
                        + "{\"method\":\"PUT\",\"url\":\"/api/notes/b\",\"body\":{\"secret\":1}}]}");
        JsonNode operations = server.line("write", "/api/_batch").path("operations");
        assertThat(operations
                        .valueStream()
                        .map(each -> each.path("method").asString() + " "
                                + each.path("target").asString() + " "
                                + each.path("status").asInt()))
                .containsExactly("POST /api/notes/a 201", "PUT /api/notes/b 201");
        assertThat(operations.path(1).path("revision").asString()).matches("[a-z0-9]+-2");
        assertThat(server.text()).doesNotContain("secret");
    }

    @Test
    void a_batch_lists_what_it_has_changed_and_counts_the_rest() {
        server.send("PUT", "/api/notes/a", "{}");
        server.send(
                "POST",
                "/api/_batch",
                "{\"operations\":[{\"method\":\"PUT\",\"url\":\"/api/notes/a\",\"body\":{}},"
                        + "{\"method\":\"PUT\",\"url\":\"/api/notes/b\",\"body\":{}}]}");
        JsonNode line = server.line("write", "/api/_batch");
        assertThat(line.path("operations")
                        .valueStream()
                        .map(each -> each.path("target").asString()))
                .containsExactly("/api/notes/b");
        assertThat(line.path("operations-more").asInt()).isEqualTo(1);
        assertThat(line.path("revision").asString()).endsWith("-2");
    }

    @Test
    void another_spelling_of_a_path_hides_nothing() {
        server.send("PUT", "/api/%6Eotes/a%62c", "{}");
        assertThat(server.line("write", "/api/notes/abc").path("status").asInt())
                .isEqualTo(201);
        server.send("PUT", "/api/%5Fcollections/notes", "{}");
        server.line("definition", "/api/_collections/notes");
        server.send(
                "POST",
                "/api/%5Fbatch",
                "{\"operations\":[{\"method\":\"DELETE\",\"url\":\"/api/%6Eotes/abc\"}]}");
        assertThat(server.line("write", "/api/_batch")
                        .path("operations")
                        .path(0)
                        .path("target")
                        .asString())
                .isEqualTo("/api/notes/abc");
    }

    @Test
    void a_changed_definition_has_its_own_event() {
        server.send("PUT", "/api/_collections/notes", "{\"rules\":{\"read\":\"true\"}}");
        assertThat(server.line("definition", "/api/_collections/notes")
                        .path("status")
                        .asInt())
                .isEqualTo(201);
    }

    @Test
    void who_is_not_let_in_and_who_may_not_are_told() {
        RawHttp.get(server.port(), "/api/notes");
        assertThat(problem(server.line("unauthenticated", "/api/notes")))
                .isEqualTo("unauthenticated");
        RawHttp.get(server.port(), "/api/a", "Authorization", "Bearer genstore_x");
        assertThat(problem(server.line("unauthenticated", "/api/a"))).isEqualTo("invalid-token");
        RawHttp.get(server.port(), "/api/b?access_token=" + server.root().text());
        assertThat(problem(server.line("unauthenticated", "/api/b"))).isEqualTo("token-in-url");
        server.send(List.of(AuditedServer.by(server.ann())), "GET", "/api/notes", "");
        JsonNode forbidden = server.line("forbidden", "/api/notes");
        assertThat(problem(forbidden)).isEqualTo("forbidden");
        assertThat(forbidden.path("principal").asString())
                .isEqualTo(AuditedServer.principal(server.ann()));
    }

    private static String problem(JsonNode line) {
        return line.path("problem").asString();
    }

    @ParameterizedTest
    @CsvSource({"WEBSOCKET, websocket", "SSE, sse", "NDJSON, ndjson"})
    void a_watch_is_told_when_it_begins_and_why_it_ends(FollowBy by, String transport) {
        try (Follower follower =
                by.follow(server.port(), "/api/notes", List.of(AuditedServer.by(server.root())))) {
            follower.synced();
            JsonNode line = server.line("watch", "/api/notes");
            assertThat(line.path("transport").asString()).isEqualTo(transport);
            assertThat(line.path("principal").asString())
                    .isEqualTo(AuditedServer.principal(server.root()));
            server.keys().revoke(server.root().key().id());
            JsonNode ended = server.line("watch-ended", "/api/notes");
            assertThat(ended.path("cause").asString()).isEqualTo("credentials");
            assertThat(ended.path("connection")).isEqualTo(line.path("connection"));
        }
    }

    @Test
    void keys_are_told_that_are_made_and_revoked_while_it_runs_and_before() {
        String root = AuditedServer.principal(server.root());
        assertThat(server.line("key-created", line -> key(line).equals(root))
                        .path("scopes")
                        .asString())
                .isEqualTo("admin");
        var made = server.keys().create("later", Set.of("x"), null);
        String later = AuditedServer.principal(made);
        assertThat(server.line("key-created", line -> key(line).equals(later))
                        .path("name")
                        .asString())
                .isEqualTo("later");
        server.keys().revoke(made.key().id());
        server.line("key-revoked", line -> key(line).equals(later));
    }

    @Test
    void who_makes_and_revokes_a_key_over_http_is_told_and_which() {
        String root = AuditedServer.principal(server.root());
        String id = server.send("POST", "/api/_keys", "{\"name\":\"ci\",\"scopes\":[\"x\"]}")
                .json()
                .path("id")
                .asString();
        JsonNode made = server.line("key", "/api/_keys");
        assertThat(made.path("principal").asString()).isEqualTo(root);
        assertThat(made.path("status").asInt()).isEqualTo(201);
        assertThat(key(made)).isEqualTo("key:" + id);
        assertThat(server.line("key-created", line -> key(line).equals("key:" + id))
                        .path("scopes")
                        .asString())
                .isEqualTo("x");
        server.send("DELETE", "/api/_keys/" + id, "");
        JsonNode revoked = server.line("key", "/api/_keys/" + id);
        assertThat(revoked.path("method").asString()).isEqualTo("DELETE");
        server.line("key-revoked", line -> key(line).equals("key:" + id));
    }

    private static String key(JsonNode line) {
        return line.path("key").asString();
    }

    @Test
    void what_is_only_read_has_no_line_unless_it_is_wanted(@TempDir Path other) {
        server.send("GET", "/api/notes", "");
        server.send("PUT", "/api/notes/1", "{}");
        server.line("write", "/api/notes/1");
        assertThat(server.text()).doesNotContain("\"read\"");
        try (AuditedServer curious = AuditedServer.startWithReads(other)) {
            curious.send("GET", "/api/notes?limit=1", "");
            assertThat(curious.line("read", "/api/notes").path("status").asInt())
                    .isEqualTo(200);
        }
    }

    @Test
    void it_says_when_the_server_starts_and_stops_and_goes_on_in_the_same_file() {
        server.close();
        assertThat(server.lines().getLast().path("event").asString()).isEqualTo("stopped");
        long before = server.lines().size();
        server = AuditedServer.start(folder);
        server.line(
                "started", line -> line.path("listens").asString().endsWith("" + server.port()));
        assertThat(server.lines().size()).isGreaterThan((int) before);
    }

    @Test
    void another_server_can_not_write_into_it(@TempDir Path other) {
        var settings = AuditSettings.of(folder.resolve("audit.jsonl"));
        assertThatThrownBy(() -> TestServer.start(other, builder -> builder.audit(settings)))
                .hasMessageContaining("another process writes into");
    }

    @Test
    void only_its_owner_may_read_it() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    /** A flood of guesses must not drive out of the files what the others did. */
    @Test
    void of_strangers_only_so_much_is_told() {
        for (int i = 0; i < 300; i++) {
            RawHttp.get(server.port(), "/api/guess" + i);
        }
        server.send("PUT", "/api/notes/end", "{}");
        server.line("write", "/api/notes/end");
        assertThat(server.lines().stream()
                        .filter(line -> line.path("event").asString().equals("unauthenticated")))
                .hasSizeBetween(100, 250);
    }
}
