package dev.genstore.checks.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.RawSocket;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Under a name that its page has turned to this machine, a server that is open answers nothing. */
class NamesTest {
    private static final String UPGRADE = "Upgrade: websocket⏎Connection: Upgrade"
            + "⏎Sec-WebSocket-Version: 13⏎Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

    @AutoClose
    private final DoorServer open = DoorServer.open("store.example");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/notes HTTP/1.1",
                "HEAD /api HTTP/1.1",
                "POST /api/notes HTTP/1.1⏎Content-Type: application/json⏎Content-Length: 0",
                "DELETE /api/notes/7 HTTP/1.1",
                "OPTIONS /api/notes HTTP/1.1",
                "GET /api/notes HTTP/1.1⏎Accept: text/event-stream",
                "GET /api/notes HTTP/1.1⏎Accept: application/x-ndjson",
                "GET /api/notes?since=0 HTTP/1.1⏎Accept: application/cloudevents-batch+json",
                "GET /api/notes HTTP/1.1⏎" + UPGRADE,
                "GET /api/_watch HTTP/1.1⏎" + UPGRADE,
                "GET /openapi.json HTTP/1.1",
                "GET /docs HTTP/1.1",
                "GET /nothing HTTP/1.1"
            })
    void a_page_that_rebinds_its_name_is_answered_nothing(String request) {
        String host = "⏎Host: evil.example:" + open.port();
        String origin = "⏎Origin: http://evil.example:" + open.port();
        for (String fields : new String[] {host, host + origin}) {
            try (RawSocket socket = open.send(request + fields)) {
                Answer answer = socket.readAnswer(request.startsWith("HEAD"));
                assertThat(answer.status()).isEqualTo(421);
                assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
            }
        }
    }

    /** What is asked for by a whole URL is asked by the name in it (RFC 9112, 3.2.2). */
    @ParameterizedTest
    @CsvSource({
        "GET http://evil.example/api HTTP/1.1, localhost,     421",
        "GET http://localhost/api HTTP/1.1,    evil.example,  200",
        "GET /api HTTP/1.1,                    STORE.example, 200",
        "GET /api HTTP/1.1,                    a.localhost,   200",
        "GET /api HTTP/1.1,                    192.0.2.7,     200",
        "GET /api HTTP/1.1,                    [2001:db8::7], 200",
        "GET /api HTTP/1.1,                    store,         421"
    })
    void a_server_is_called_by_addresses_by_localhost_and_as_is_listed(
            String request, String host, int status) {
        try (RawSocket socket = open.send(request + "⏎Host: " + host)) {
            Answer answer = socket.readAnswer(false);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.text().contains("listed in 'hosts'")).isEqualTo(status == 421);
        }
    }

    @Test
    void who_names_nothing_is_no_browser() {
        try (RawSocket socket = open.send("GET /api HTTP/1.0")) {
            assertThat(socket.readAnswer(false).status()).isEqualTo(200);
        }
    }

    /** There a page has nothing to show, whatever it calls itself. */
    @Test
    void where_credentials_are_asked_for_names_do_not_matter() {
        try (DoorServer locked = DoorServer.locked();
                RawSocket socket = locked.send("GET /api HTTP/1.1⏎Host: evil.example");
                RawSocket forEveryone = locked.send("GET /whence HTTP/1.1⏎Host: evil.example")) {
            assertThat(socket.readAnswer(false).status()).isEqualTo(401);
            assertThat(forEveryone.readAnswer(false).status()).isEqualTo(200);
        }
    }
}
