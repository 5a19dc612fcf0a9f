package dev.genstore.checks.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.auth.Algorithm;
import dev.genstore.auth.Issuer;
import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.Field;
import dev.genstore.checks.harness.RawSocket;
import dev.genstore.checks.harness.Settings;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Trees;
import dev.genstore.embedded.audit.AuditSettings;
import dev.genstore.wire.rates.ClientLimits;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Nobody can drive out of the log what the others did: neither who is not let in, whatever he is
 * answered, nor who is.
 */
class BoundsTest {
    private static final int REQUESTS = 300;

    /** More than two minutes have room for. */
    private static final int WRITES = 700;

    private static final String LONG = "x".repeat(100);
    private static final String LONG_PATH = "/api/notes/" + LONG;

    /** Of the same, with more lines than two minutes have room for. */
    private static final int REPETITIONS = 120;

    /** More than two minutes have room for. */
    private static final int BATCHES = 60;

    /** A hundred at once, and one each second that this may take. */
    private static final int STRANGERS_LINES_MAX = 250;

    /** Guesses beyond a hundred may have been refused before they were looked at. */
    private static final int STRANGERS_LINES_MIN = 90;

    private static final Field WRONG_KEY = new Field("Authorization", "Bearer genstore_wrong");

    @TempDir
    private Path folder;

    @Test
    void of_writes_with_a_wrong_key_only_so_much_is_told() {
        try (AuditedServer server = AuditedServer.startWith(folder, builder -> builder)) {
            assertThat(flood(server, WRONG_KEY)).contains(401).isSubsetOf(401, 429);
            requireBounded(server, "unauthenticated", "invalid-token");
        }
    }

    @Test
    void guesses_that_are_too_many_have_no_line_at_all() {
        var limits = new ClientLimits(1_000, 1_000, 0, 0, true);
        try (AuditedServer server = AuditedServer.startWith(
                folder,
                builder -> builder.wire(Settings.defaults().clients(limits).make()))) {
            assertThat(flood(server, WRONG_KEY)).containsOnly(401, 429);
            requireBounded(server, "unauthenticated", "invalid-token");
            assertThat(server.text()).doesNotContain("429");
        }
    }

    @Test
    void of_tokens_that_nobody_can_check_now_only_so_much_is_told() throws IOException {
        Issuer gone = new Issuer(
                "https://id.example",
                URI.create("http://127.0.0.1:" + closedPort() + "/keys"),
                Set.of("my-api"),
                Set.of(Algorithm.RS256));
        try (AuditedServer server =
                AuditedServer.startWith(folder, builder -> builder.issuer(gone))) {
            assertThat(flood(server, new Field("Authorization", "Bearer " + unchecked())))
                    .contains(503)
                    .isSubsetOf(503, 429);
            requireBounded(server, "unauthenticated", "issuer-unavailable");
        }
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String unchecked() {
        long expires = System.currentTimeMillis() / 1000 + 3600;
        return encoded("{\"alg\":\"RS256\",\"kid\":\"one\"}") + "."
                + encoded(
                        "{\"iss\":\"https://id.example\",\"aud\":\"my-api\",\"sub\":\"ann\",\"exp\":"
                                + expires + "}")
                + "." + encoded("x".repeat(256));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void of_pages_that_rebind_their_name_only_so_much_is_told() throws IOException {
        Path file = folder.resolve("audit.jsonl");
        try (TestServer server = TestServer.start(
                folder.resolve("data"), builder -> builder.audit(AuditSettings.of(file)))) {
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(misdirected(server.port())).isEqualTo(421);
            }
        }
        assertThat(Files.readAllLines(file).stream().map(Trees::read))
                .filteredOn(line -> line.path("problem").asString("").equals("misdirected"))
                .hasSizeBetween(STRANGERS_LINES_MIN, STRANGERS_LINES_MAX)
                .allMatch(line -> line.path("event").asString().equals("unauthenticated"));
    }

    private static int misdirected(int port) {
        try (RawSocket socket = RawSocket.connect(port)) {
            String head = "POST /api/notes HTTP/1.1\r\nHost: rebound.example\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
            socket.send(head.getBytes(StandardCharsets.US_ASCII));
            return socket.readAnswer(false).status();
        }
    }

    private static Set<Integer> flood(AuditedServer server, Field credentials) {
        return IntStream.range(0, REQUESTS)
                .mapToObj(i ->
                        server.send(List.of(credentials), "POST", "/api/guess" + i, "{\"a\":1}"))
                .map(Answer::status)
                .collect(Collectors.toSet());
    }

    /** Behind a flood; one who is let in has his line all the same. */
    private static void requireBounded(AuditedServer server, String event, String problem) {
        server.send("PUT", "/api/notes/end", "{}");
        server.line("write", "/api/notes/end");
        assertThat(server.lines())
                .filteredOn(line -> line.path("target").asString("").startsWith("/api/guess"))
                .hasSizeBetween(STRANGERS_LINES_MIN, STRANGERS_LINES_MAX)
                .allMatch(line -> line.path("event").asString().equals(event)
                        && line.path("problem").asString().equals(problem)
                        && line.path("principal").isMissingNode());
    }

    @Test
    void one_who_is_let_in_has_a_share_and_what_does_not_fit_is_counted() {
        AuditedServer server = AuditedServer.startWithLittle(folder);
        try (server) {
            for (int i = 0; i < WRITES; i++) {
                server.send("PUT", LONG_PATH + i, "{}", "Request-Id", "r".repeat(120));
            }
            server.send(List.of(AuditedServer.by(server.ann())), "GET", "/api/notes", "");
            server.line("forbidden", "/api/notes");
        }
        List<JsonNode> lines = server.lines();
        long written = lines.stream()
                .filter(line -> line.path("event").asString().equals("write"))
                .count();
        assertThat(written).isBetween(240L, WRITES - 1L);
        assertThat(written + leftOut(lines, AuditedServer.principal(server.root())))
                .isEqualTo(WRITES);
    }

    @Test
    void who_asks_for_very_much_still_has_a_line_for_each_thing_that_he_does() {
        AuditedServer server = AuditedServer.startWithLittle(folder);
        try (server) {
            server.send("PUT", "/api/notes/1", "{}");
            for (int i = 0; i < REQUESTS; i++) {
                Answer refused = server.send("DELETE", LONG_PATH + i, "");
                assertThat(refused.status()).isEqualTo(404);
            }
            server.send("DELETE", "/api/notes/1", "");
            server.send("PUT", "/api/_collections/notes", "{\"rules\":{\"read\":\"true\"}}");
            server.send("POST", "/api/_session", "");
            server.line("write", line -> line.path("status").asInt() == 204);
            server.line("definition", "/api/_collections/notes");
            server.line("session", "/api/_session");
        }
        assertThat(leftOut(server.lines(), AuditedServer.principal(server.root())))
                .isPositive();
    }

    @Test
    void who_asks_again_and_again_for_what_is_so_already_still_has_a_line_for_what_he_changes() {
        AuditedServer server = AuditedServer.startWithLittle(folder);
        try (server) {
            for (int i = 0; i < REPETITIONS; i++) {
                requireDone(server.send("POST", "/api/_batch", batch(0, "")));
                requireDone(server.send("PUT", LONG_PATH, "{}", "Prefer", "return=minimal"));
                requireDone(
                        server.send("PUT", "/api/_collections/notes", "{}", "Request-Id", LONG));
                requireDone(server.send("POST", "/api/notes", "{}", "Idempotency-Key", "once"));
            }
            // Not shorter than the others: behind those there may be a little room.
            server.send("DELETE", LONG_PATH, "", "Request-Id", LONG);
            server.send("DELETE", "/api/_collections/notes", "", "Request-Id", LONG);
            server.line(
                    "write", line -> line.path("status").asInt() == 204 && isOf(line, LONG_PATH));
            server.line("definition", line -> line.path("status").asInt() == 204);
        }
        assertThat(leftOut(server.lines(), AuditedServer.principal(server.root())))
                .isPositive();
    }

    private static void requireDone(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isBetween(200, 299);
    }

    private static boolean isOf(JsonNode line, String target) {
        return line.path("method").asString().equals("DELETE")
                && line.path("target").asString().equals(target);
    }

    /** As many writes as are listed, with names that are long, and then these operations. */
    private static String batch(int number, String more) {
        return IntStream.range(0, 20)
                .mapToObj(i -> put("/api/notes/" + number + "-" + i + "-" + LONG, "{\"a\":1}"))
                .collect(Collectors.joining(",", "{\"operations\":[", more + "]}"));
    }

    private static String put(String url, String body) {
        return "{\"method\":\"PUT\",\"url\":\"" + url + "\",\"body\":" + body + '}';
    }

    @Test
    void who_writes_very_much_still_has_a_line_for_rules_that_he_changes_in_a_batch() {
        AuditedServer server = AuditedServer.startWithLittle(folder);
        String rules = put("/api/_collections/notes", "{\"rules\":{\"read\":\"true\"}}");
        try (server) {
            for (int i = 1; i <= BATCHES; i++) {
                requireDone(server.send("POST", "/api/_batch", batch(i, "")));
            }
            requireDone(server.send("POST", "/api/_batch", batch(0, "," + rules)));
            JsonNode line = server.line("definition", "/api/_batch");
            assertThat(line.path("operations").path(0).path("target").asString())
                    .isEqualTo("/api/_collections/notes");
            assertThat(line.path("operations-more").asInt()).isEqualTo(1);
        }
        assertThat(leftOut(server.lines(), AuditedServer.principal(server.root())))
                .isPositive();
    }

    @Test
    void what_was_done_has_its_revision_also_where_there_is_no_room_for_the_answer() {
        // The least is that one body of the greatest length has room, 1 MiB.
        var wire = Settings.defaults().heldBytesMax(1).make();
        try (AuditedServer server = AuditedServer.startWith(folder, each -> each.wire(wire));
                RawSocket slow = RawSocket.connect(server.port())) {
            server.send("PUT", "/api/notes/1", "{\"a\":\"" + "x".repeat(700_000) + "\"}");
            await().until(() -> server.server().store().heldBytes() == 0);
            slow.send(mostOfABody(server));
            await().until(() -> server.server().store().heldBytes() > 600_000);
            Answer answer = server.send("PATCH", "/api/notes/1", "{\"b\":1}");
            assertThat(answer.status()).isEqualTo(503);
            JsonNode line = server.line("write", each -> each.path("status").asInt() == 503);
            assertThat(line.path("problem").asString()).isEqualTo("overloaded");
            assertThat(line.path("done").asInt()).isEqualTo(200);
            assertThat(line.path("revision").asString()).endsWith("-2");
        }
    }

    private static byte[] mostOfABody(AuditedServer server) {
        String head = "POST /api/notes HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: "
                + AuditedServer.by(server.ann()).value()
                + "\r\nContent-Type: application/json\r\nContent-Length: 700000\r\n\r\n";
        return (head + " ".repeat(699_000)).getBytes(StandardCharsets.US_ASCII);
    }

    private static long leftOut(List<JsonNode> lines, String principal) {
        return lines.stream()
                .filter(line -> line.path("event").asString().equals("left-out"))
                .filter(line -> line.path("principal").asString().equals(principal))
                .mapToLong(line -> line.path("lines").asLong())
                .sum();
    }

    @Test
    void a_long_batch_lists_its_first_operations_and_counts_the_others() {
        try (AuditedServer server = AuditedServer.startWith(folder, builder -> builder)) {
            String operations = IntStream.range(0, 1_000)
                    .mapToObj(i -> "{\"method\":\"PUT\",\"url\":\"/api/notes/" + i
                            + "\",\"body\":{\"a\":1}}")
                    .collect(Collectors.joining(","));
            server.send("POST", "/api/_batch", "{\"operations\":[" + operations + "]}");
            JsonNode line = server.line("write", "/api/_batch");
            assertThat(line.path("operations").size()).isEqualTo(20);
            assertThat(line.path("operations").path(19).path("target").asString())
                    .isEqualTo("/api/notes/19");
            assertThat(line.path("operations-more").asInt()).isEqualTo(980);
            assertThat(line.path("revision").asString()).endsWith("-1000");
            assertThat(line.toString().length()).isLessThan(4_000);
        }
    }

    @Test
    void what_only_begins_like_a_definition_is_none() {
        try (AuditedServer server = AuditedServer.startWith(folder, builder -> builder)) {
            server.send("PUT", "/api/_collectionsx/a", "{}");
            assertThat(server.line("write", "/api/_collectionsx/a")
                            .path("status")
                            .asInt())
                    .isGreaterThanOrEqualTo(400);
        }
    }
}
