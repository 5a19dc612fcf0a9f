package dev.genstore.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.RawSocket;
import dev.genstore.checks.harness.Settings;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.wire.WireSettings;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

/** Pages of listed origins, and of no others, may read answers (WHATWG Fetch, 3.2). */
class CorsTest {
    private static final String LISTED = "https://app.example";
    private static final String OTHER = "https://app.example.org";

    @AutoClose
    private final TestServer server = TestServer.start(builder -> builder.wire(listing(LISTED)));

    private static WireSettings listing(String origin) {
        return Settings.defaults().origins(Set.of(origin)).make();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/notes", "/api/notes/missing", "/nothing", "/api?x=1"})
    void a_page_of_a_listed_origin_may_read_answers_and_failures(String target) {
        Answer answer = RawHttp.get(server.port(), target, "Origin", LISTED);
        assertThat(answer.header("Access-Control-Allow-Origin")).contains(LISTED);
        assertThat(answer.header("Vary").orElse("")).contains("Origin");
        assertThat(answer.header("Access-Control-Expose-Headers").orElse(""))
                .contains("ETag", "Last-Modified", "Link", "Location", "Allow", "Accept-Patch")
                .contains("Retry-After", "Preference-Applied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "application/x-ndjson"})
    void a_page_of_a_listed_origin_may_read_a_stream(String type) {
        try (RawSocket socket = RawSocket.connect(server.port())) {
            String request = "GET /api HTTP/1.1\r\nHost: a\r\nAccept: " + type + "\r\nOrigin: "
                    + LISTED + "\r\n\r\n";
            socket.send(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.readHead().header("Access-Control-Allow-Origin")).contains(LISTED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {OTHER, "http://app.example", "null", "https://app.example:444"})
    void a_page_of_another_origin_may_not(String origin) {
        Answer answer = RawHttp.get(server.port(), "/api", "Origin", origin);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.header("Vary").orElse("")).contains("Origin");
    }

    @Test
    void a_page_may_ask_beforehand_for_what_it_needs() {
        Answer answer = preflight(LISTED);
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Access-Control-Allow-Origin")).contains(LISTED);
        assertThat(answer.header("Access-Control-Allow-Methods").orElse(""))
                .contains("GET", "PUT", "PATCH", "DELETE");
        assertThat(answer.header("Access-Control-Allow-Headers").orElse(""))
                .contains("Content-Type", "If-Match", "If-None-Match", "Last-Event-ID")
                .contains("Prefer", "Request-Id", "Authorization");
        assertThat(answer.header("Access-Control-Max-Age")).isPresent();
    }

    @Test
    void a_page_of_another_origin_is_allowed_nothing_beforehand() {
        Answer answer = preflight(OTHER);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.header("Access-Control-Allow-Methods")).isEmpty();
    }

    @Test
    void without_listed_origins_nothing_is_said_of_them(@TempDir Path folder) {
        try (TestServer plain = TestServer.start(folder)) {
            Answer answer = RawHttp.get(plain.port(), "/api", "Origin", LISTED);
            assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        }
    }

    private Answer preflight(String origin) {
        return RawHttp.send(
                server.port(),
                "OPTIONS",
                "/api/notes/7",
                RawHttp.fields(
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        "PUT",
                        "Access-Control-Request-Headers",
                        "content-type,if-match"),
                new byte[0]);
    }
}
