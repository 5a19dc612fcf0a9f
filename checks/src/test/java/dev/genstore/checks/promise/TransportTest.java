package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.RawSocket;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Trees;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** How each transport is asked for, and what its bytes are. */
class TransportTest {
    private static final String SSE = "text/event-stream";
    private static final String NDJSON = "application/x-ndjson";
    private static final int TEXT = 0x81;

    @AutoClose
    private final TestServer server = TestServer.start();

    private final RestClient client = new RestClient(server.port());

    @ParameterizedTest
    @ValueSource(strings = {SSE, NDJSON})
    void a_stream_is_neither_stored_nor_changed_nor_held_back_on_its_way(String type) {
        try (RawSocket socket = ask("GET /api/notes HTTP/1.1", "Accept: " + type)) {
            Answer head = socket.readHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Type")).contains(type);
            assertThat(head.header("Cache-Control")).contains("no-store, no-transform");
            assertThat(head.header("X-Accel-Buffering")).contains("no");
            assertThat(head.header("Incremental")).contains("?1");
            assertThat(head.header("Transfer-Encoding")).contains("chunked");
        }
    }

    @Test
    void a_server_sent_event_has_id_event_and_data_and_an_empty_line() throws IOException {
        client.put("/api/notes/7", "{\"title\":\"line\\nbreak\"}");
        String id = client.position();
        try (RawSocket socket = ask("GET /api/notes?since=0 HTTP/1.1", "Accept: " + SSE)) {
            socket.readHead();
            String event = chunk(socket);
            assertThat(event)
                    .startsWith("id: " + id + "\nevent: created\ndata: {\"specversion\":\"1.0\",")
                    .endsWith("}\n\n")
                    .contains("\"title\":\"line\\nbreak\"");
            assertThat(event.lines().filter(line -> !line.isEmpty())).hasSize(3);
            assertThat(chunk(socket)).startsWith("id: " + id + "\nevent: synced\ndata: {");
        }
    }

    @Test
    void a_line_of_a_line_stream_is_an_event() throws IOException {
        client.put("/api/notes/7", "{\"title\":\"line\\nbreak\"}");
        try (RawSocket socket = ask("GET /api/notes?since=0 HTTP/1.1", "Accept: " + NDJSON)) {
            socket.readHead();
            String line = chunk(socket);
            assertThat(line).endsWith("}\n").doesNotContain("\r");
            assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
            assertThat(Trees.read(line).path("type").asString()).isEqualTo("created");
        }
    }

    @Test
    void a_text_message_of_a_web_socket_is_an_event() throws IOException {
        client.put("/api/notes/7", "{}");
        try (RawSocket socket = ask("GET /api/notes?since=0 HTTP/1.1", upgrade())) {
            assertThat(socket.readHead().status()).isEqualTo(101);
            assertThat(socket.in().read()).isEqualTo(TEXT);
            assertThat(socket.in().read()).isEqualTo(126);
            int length = socket.in().read() << 8 | socket.in().read();
            byte[] text = socket.in().readNBytes(length);
            assertThat(Trees.read(new String(text, StandardCharsets.UTF_8))
                            .path("type")
                            .asString())
                    .isEqualTo("created");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cloudevents.json         | cloudevents.json
            chat, cloudevents.json   | cloudevents.json
            chat                     |
                                     |
            """)
    void the_subprotocol_is_cloudevents_json_or_none(String offered, String chosen) {
        String header = offered == null ? "X-None: 1" : "Sec-WebSocket-Protocol: " + offered;
        try (RawSocket socket = ask("GET /api/notes HTTP/1.1", upgrade() + "\r\n" + header)) {
            Answer head = socket.readHead();
            assertThat(head.status()).isEqualTo(101);
            assertThat(head.header("Sec-WebSocket-Protocol").orElse(null)).isEqualTo(chosen);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            text/event-stream                                | text/event-stream
            Text/Event-Stream                                | text/event-stream
            application/json;q=0.5, text/event-stream        | text/event-stream
            application/x-ndjson, application/json;q=0.9     | application/x-ndjson
            text/event-stream;q=0.1, application/x-ndjson    | application/x-ndjson
            text/*                                           | text/event-stream
            application/json, text/event-stream              | application/json
            */*                                              | application/json
            text/html, */*;q=0.1                             | application/json
            application/cloudevents-batch+json               | application/cloudevents-batch+json
            """)
    void accept_chooses_between_snapshot_stream_and_page(String accept, String type) {
        try (RawSocket socket = ask("GET /api/notes HTTP/1.1", "Accept: " + accept)) {
            assertThat(socket.readHead().header("Content-Type")).contains(type);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SSE, NDJSON})
    void a_stream_needs_http_1_1(String type) {
        try (RawSocket socket = ask("GET /api/notes HTTP/1.0", "Accept: " + type)) {
            Answer answer = socket.readAnswer(false);
            assertThat(answer.status()).isEqualTo(505);
            assertThat(answer.text()).contains("/problems/version-not-supported");
        }
    }

    @Test
    void a_web_socket_of_another_version_is_told_which_one_is_spoken() {
        String version8 = upgrade().replace("Version: 13", "Version: 8");
        try (RawSocket socket = ask("GET /api/notes HTTP/1.1", version8)) {
            Answer answer = socket.readAnswer(false);
            assertThat(answer.status()).isEqualTo(426);
            assertThat(answer.header("Sec-WebSocket-Version")).contains("13");
        }
    }

    @Test
    void a_page_of_another_origin_may_not_open_a_web_socket() {
        String origin = upgrade() + "\r\nOrigin: https://elsewhere.example";
        try (RawSocket socket = ask("GET /api/notes HTTP/1.1", origin)) {
            Answer answer = socket.readAnswer(false);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text()).contains("/problems/forbidden-origin");
        }
    }

    @Test
    void a_head_for_a_stream_is_answered_and_ends() {
        Answer answer = RawHttp.send(
                server.port(), "HEAD", "/api/notes", RawHttp.fields("Accept", SSE), new byte[0]);
        assertThat(answer.status()).isEqualTo(200);
    }

    private RawSocket ask(String requestLine, String headers) {
        RawSocket socket = RawSocket.connect(server.port());
        String request = requestLine + "\r\nHost: 127.0.0.1:" + server.port() + "\r\n" + headers
                + "\r\n\r\n";
        socket.send(request.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static String upgrade() {
        return String.join(
                "\r\n",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    }

    /** The content of one chunk, which is one event. */
    private static String chunk(RawSocket socket) throws IOException {
        var size = new StringBuilder();
        for (int next = socket.in().read(); next != '\r'; next = socket.in().read()) {
            size.append((char) next);
        }
        assertThat(socket.in().read()).isEqualTo('\n');
        byte[] content = socket.in().readNBytes(Integer.parseInt(size.toString(), 16));
        assertThat(socket.in().readNBytes(2)).containsExactly('\r', '\n');
        return new String(content, StandardCharsets.UTF_8);
    }
}
