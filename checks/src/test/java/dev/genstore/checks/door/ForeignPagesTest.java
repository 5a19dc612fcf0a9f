package dev.genstore.checks.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.RawSocket;
import dev.genstore.wire.proxy.Telling;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of other origins may do: nothing that changes anything, unless they are listed. */
class ForeignPagesTest {
    @AutoClose
    private final DoorServer server = DoorServer.open("store.example");

    /** A form, or a text that a page sends, comes without being asked for beforehand. */
    @ParameterizedTest
    @CsvSource({
        "http://evil.example,       403",
        "null,                      403",
        "http://app.example,        403",
        "https://app.example:8443,  403",
        "https://app.example.,      403",
        "http://store.example:8080, 403",
        "http://localhost,          403",
        "https://app.example,       204",
        "http://store.example,      204",
        "https://store.example,     204",
        "-,                         204"
    })
    void only_listed_and_own_pages_change_anything(String origin, int status) {
        Answer answer = post("/touch", origin);
        assertThat(answer.status()).isEqualTo(status);
        if (status == 403) {
            assertThat(answer.text()).contains("/problems/forbidden-origin", "'origins'");
        }
    }

    @Test
    void a_foreign_page_is_told_so_before_its_resource_is_looked_at() {
        assertThat(post("/api/notes", "http://evil.example").status()).isEqualTo(403);
        assertThat(post("/api/notes", "http://store.example").status()).isEqualTo(415);
    }

    /** It can't read the answer; a browser lets it have a picture in the same way. */
    @Test
    void a_foreign_page_may_read_for_others() {
        try (RawSocket socket =
                server.send("GET /api HTTP/1.1⏎Host: store.example⏎Origin: http://evil.example")) {
            Answer answer = socket.readAnswer(false);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BREW /api/notes HTTP/1.1",
                "GET /api/notes?access_token=abc HTTP/1.1",
                "GET /api/notes?limit=none HTTP/1.1",
                "POST /touch HTTP/1.1⏎Content-Length: 0",
                "DELETE /api/notes/7 HTTP/1.1",
                "GET /nothing HTTP/1.1"
            })
    void a_listed_page_may_read_why_it_is_refused(String request) {
        String fields = "⏎Host: store.example⏎Origin: https://app.example";
        try (RawSocket socket = server.send(request + fields)) {
            Answer answer = socket.readAnswer(false);
            assertThat(answer.header("Access-Control-Allow-Origin"))
                    .as("%s", answer)
                    .isPresent();
            assertThat(answer.header("Vary").orElse("")).contains("Origin");
            assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
        }
    }

    /** A browser asks without the credentials of the request that it asks for (Fetch, 4.8). */
    @Test
    void a_browser_may_ask_beforehand_without_credentials() {
        try (DoorServer locked = DoorServer.locked();
                RawSocket socket = locked.send("OPTIONS /api/notes/7 HTTP/1.1⏎Host: a"
                        + "⏎Origin: https://app.example⏎Access-Control-Request-Method: PUT"
                        + "⏎Access-Control-Request-Headers: authorization")) {
            Answer answer = socket.readAnswer(false);
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("Access-Control-Allow-Origin"))
                    .contains("https://app.example");
            assertThat(answer.header("Access-Control-Allow-Headers").orElse(""))
                    .contains("Authorization");
        }
    }

    /** Where a proxy says that https was asked for, a page by http came from somewhere else. */
    @ParameterizedTest
    @CsvSource({
        "https, https://127.0.0.1, 204",
        "https, http://127.0.0.1,  403",
        "http,  http://127.0.0.1,  204",
        "http,  https://127.0.0.1, 403"
    })
    void the_scheme_that_a_trusted_proxy_tells_counts(String scheme, String origin, int status) {
        try (DoorServer behind = DoorServer.behind(Telling.X_FORWARDED, "127.0.0.1");
                RawSocket socket = behind.send("POST /touch HTTP/1.1⏎Host: 127.0.0.1"
                        + "⏎Content-Length: 0⏎X-Forwarded-For: 192.0.2.7⏎X-Forwarded-Proto: "
                        + scheme + "⏎Origin: " + origin)) {
            assertThat(socket.readAnswer(false).status()).isEqualTo(status);
        }
    }

    private Answer post(String target, String origin) {
        String field = origin.equals("-") ? "" : "⏎Origin: " + origin;
        String request = "POST " + target + " HTTP/1.1⏎Host: store.example"
                + "⏎Content-Type: text/plain⏎Content-Length: 0" + field;
        try (RawSocket socket = server.send(request)) {
            return socket.readAnswer(false);
        }
    }
}
