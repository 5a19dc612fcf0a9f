package dev.genstore.checks.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Field;
import dev.genstore.checks.harness.RawHttp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * Whatever is sent, the log has no credentials, no cookie, no content and no query in it. Each request
 * has a mark in all of these, and some are right and some are wrong in many ways.
 */
class SecretsTest {
    private static final int REQUESTS = 300;
    private static final String MARK = "ZqMarkZq";

    /** That of credentials. */
    private static final String SECRET = "ZqSecretZq";

    /** An API key in its form, with {@link #SECRET} in it. */
    private static final String PATH_KEY = "genstore_" + SECRET + "x".repeat(49 - SECRET.length());

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "QUERY", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW");
    private static final List<String> PATHS = List.of(
            "/api",
            "/api/notes",
            "/api/notes/1",
            "/api/notes/none",
            "/api/_batch",
            "/api/_collections/notes",
            "/api/_watch",
            "/api/_keys",
            "/api/_keys/" + PATH_KEY,
            "/api/_try",
            "/api/NOTES",
            "/problems/x",
            "/api/notes/" + PATH_KEY,
            "/api/notes/gen%73tore_" + PATH_KEY.substring("genstore_".length()),
            "/%zz/" + PATH_KEY,
            "/api/_session/eyJh" + SECRET + ".eyJh" + SECRET + "." + SECRET,
            "/nothing");
    private static final List<String> QUERIES = List.of(
            "",
            "?filter=a==%22" + MARK + "%22",
            "?" + MARK + "=1",
            "?status=" + MARK,
            "?access_token=" + SECRET,
            "?since=" + MARK,
            "?fields=" + MARK + "&limit=" + MARK,
            "?%zz" + MARK);
    private static final List<String> BODIES = List.of(
            "{\"a\":\"" + MARK + "\"}",
            "{\"" + MARK + "\":1}",
            "{\"id\":\"" + MARK + "\"}",
            MARK,
            "[\"" + MARK + "\"]",
            "{\"schema\":{\"" + MARK + "\":1}}",
            "{\"rules\":{\"read\":\"" + MARK + "\"}}",
            "{\"filter\":\"" + MARK + " ==\"}",
            "{\"operations\":[{\"method\":\"PUT\",\"url\":\"/api/notes/2?" + MARK
                    + "\",\"body\":{}}]}",
            "{\"operations\":[{\"method\":\"PUT\",\"url\":\"/api/notes/2\",\"body\":{\"a\":\""
                    + MARK + "\"}}]}");

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @TempDir
    private Path folder;

    private AuditedServer server;

    @BeforeEach
    void start() {
        server = AuditedServer.startWithReads(folder);
        server.send("PUT", "/api/notes/1", "{\"a\":\"" + MARK + "\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String any(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }

    @Test
    void no_line_has_anything_in_it_that_is_secret() {
        for (int i = 0; i < REQUESTS; i++) {
            send(any(METHODS), any(PATHS) + any(QUERIES), any(BODIES));
        }
        server.send("PUT", "/api/notes/end", "{}");
        server.line("write", "/api/notes/end");
        String text = server.text();
        assertThat(text.lines().count()).as("seed %d", seed).isGreaterThan(REQUESTS / 3);
        assertThat(text).as("seed %d", seed).doesNotContain(MARK).doesNotContain("genstore_");
        assertThat(text).as("seed %d", seed).doesNotContain(SECRET, encoded(SECRET));
    }

    /** Whatever level it has; at the lowest the driver tells the statements that it is given. */
    @Test
    void the_ordinary_log_has_no_credentials_in_it_either() {
        try (WholeLog log = new WholeLog()) {
            for (int i = 0; i < REQUESTS; i++) {
                send(any(METHODS), any(PATHS) + any(QUERIES), any(BODIES));
            }
            server.send("POST", "/api/_session", "");
            String made = server.send("POST", "/api/_keys", "{\"name\":\"made\"}")
                    .json()
                    .path("key")
                    .asString();
            server.send("POST", "/api/_keys", "{\"name\":\"" + SECRET);
            RawHttp.get(server.port(), "/api/notes?token=" + server.root().text());
            server.keys().revoke(server.ann().key().id());
            server.line("key-revoked", line -> true);
            server.close();
            assertThat(log.text())
                    .as("seed %d", seed)
                    .isNotEmpty()
                    .doesNotContain(SECRET, encoded(SECRET))
                    .doesNotContain(server.root().text(), server.ann().text())
                    .doesNotContain(made);
            assertThat(made).startsWith("genstore_");
            assertThat(server.text()).doesNotContain(made);
        }
    }

    private void send(String method, String target, String body) {
        RawHttp.send(
                server.port(), method, target, fields(), body.getBytes(StandardCharsets.UTF_8));
    }

    private List<Field> fields() {
        var fields = new ArrayList<Field>();
        fields.add(new Field("Authorization", credentials()));
        fields.add(new Field("Cookie", "a=" + SECRET + "; genstore-session=" + SECRET));
        fields.add(new Field("X-Other", MARK));
        if (random.nextInt(4) == 0) {
            fields.add(new Field(
                    any(List.of(
                            "If-Match",
                            "Prefer",
                            "Idempotency-Key",
                            "Accept",
                            "Origin",
                            "Last-Event-ID",
                            "Referer")),
                    MARK));
        }
        if (random.nextInt(6) == 0) {
            upgrade(fields);
        }
        fields.add(new Field(
                "Content-Type", random.nextInt(8) == 0 ? "text/" + MARK : "application/json"));
        return fields;
    }

    private static void upgrade(List<Field> fields) {
        fields.addAll(RawHttp.fields(
                "Connection", "Upgrade",
                "Upgrade", "websocket",
                "Sec-WebSocket-Version", "13",
                "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Protocol", "cloudevents.json, bearer." + encoded(SECRET)));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String credentials() {
        return switch (random.nextInt(8)) {
            case 0 -> "Bearer " + SECRET;
            case 1 -> "Basic " + SECRET;
            case 2 -> "Bearer genstore_" + SECRET;
            case 3 -> "Bearer " + server.ann().text();
            default -> "Bearer " + server.root().text();
        };
    }
}
