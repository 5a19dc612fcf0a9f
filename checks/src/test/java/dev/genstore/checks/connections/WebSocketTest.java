package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.checks.connections.RawWebSocket.Frame;
import dev.genstore.checks.harness.LoopCost;
import dev.genstore.checks.harness.Settings;
import dev.genstore.wire.DisconnectCause;
import dev.genstore.wire.Transport;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/** WebSockets from the handshake to the close (RFC 6455), frame by frame. */
class WebSocketTest {
    private static final String LISTED = "https://app.example";
    private static final String ASKING = Asking.head("GET /api/nothing HTTP/1.1");
    private static final int FLOOD = 2_000;
    private static CountedServer server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = CountedServer.start(folder, Settings.defaults().origins(Set.of(LISTED)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void the_key_is_answered_as_the_rfc_says() {
        try (RawConnection peer = server.connect()) {
            Answer answer = peer.send(RawWebSocket.handshake("/api/notes")).answer();
            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.header("Upgrade")).isEqualTo("websocket");
            assertThat(answer.header("Connection")).isEqualTo("Upgrade");
            assertThat(answer.header("Sec-WebSocket-Accept"))
                    .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(answer.header("Sec-WebSocket-Protocol")).isEmpty();
            assertThat(answer.header("Sec-WebSocket-Extensions")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cloudevents.json         | cloudevents.json",
                "chat, cloudevents.json   | cloudevents.json",
                "chat                     | ''",
            })
    void the_subprotocol_is_the_one_of_cloudevents(String offered, String chosen) {
        try (RawConnection peer = server.connect()) {
            peer.send(RawWebSocket.handshake("/api/notes", "Sec-WebSocket-Protocol: " + offered));
            Answer answer = peer.answer();
            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.header("Sec-WebSocket-Protocol")).isEqualTo(chosen);
        }
    }

    @Test
    void frames_in_the_segment_of_the_handshake_are_not_lost() {
        try (RawConnection peer = server.connect()) {
            peer.send(together(
                    bytes(RawWebSocket.handshake("/api/notes")),
                    RawWebSocket.masked(RawWebSocket.PING, "early"),
                    RawWebSocket.maskedClose(1000)));
            RawWebSocket socket = RawWebSocket.accepted(peer);
            assertThat(socket.frameBesides(RawWebSocket.TEXT))
                    .isEqualTo(new Frame(RawWebSocket.PONG, "early"));
            assertThat(socket.frameBesides(RawWebSocket.TEXT).closeCode()).isEqualTo(1000);
            assertThat(peer.endsInOrder()).isTrue();
        }
    }

    @Test
    void frames_behind_a_handshake_that_waits_for_another_answer_are_not_lost() {
        try (RawConnection peer = server.connect()) {
            peer.send(together(
                    bytes(Asking.request(Transport.HTTP)),
                    bytes(RawWebSocket.handshake("/api/notes")),
                    RawWebSocket.masked(RawWebSocket.PING, "early")));
            assertThat(peer.answer().status()).isEqualTo(200);
            RawWebSocket socket = RawWebSocket.accepted(peer);
            assertThat(socket.frameBesides(RawWebSocket.TEXT))
                    .isEqualTo(new Frame(RawWebSocket.PONG, "early"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 40, 1_000})
    void it_does_not_matter_how_bytes_are_split(int pieceBytes) {
        byte[] all = together(
                bytes(RawWebSocket.handshake("/api/notes")),
                RawWebSocket.masked(RawWebSocket.PING, "x".repeat(125)),
                RawWebSocket.masked(RawWebSocket.PING, ""));
        try (RawConnection peer = server.connect()) {
            for (int i = 0; i < all.length; i += pieceBytes) {
                peer.send(Arrays.copyOfRange(all, i, Math.min(all.length, i + pieceBytes)));
            }
            RawWebSocket socket = RawWebSocket.accepted(peer);
            assertThat(socket.frameBesides(RawWebSocket.TEXT).payload()).hasSize(125);
            assertThat(socket.frameBesides(RawWebSocket.TEXT).payload()).isEmpty();
        }
    }

    @Test
    void control_frames_may_come_between_the_frames_of_a_message() {
        try (RawWebSocket socket = server.watch("/api/notes")) {
            socket.send(0x01, "{\"watch\":")
                    .send(RawWebSocket.PING, "between")
                    .send(0x00, "\"/api/no")
                    .send(RawWebSocket.PONG, "nobody asked")
                    .send(0x80, "tes\"}");
            assertThat(socket.event().type()).isEqualTo("synced");
            assertThat(socket.frame()).isEqualTo(new Frame(RawWebSocket.PONG, "between"));
            assertThat(socket.frame().text()).startsWith("{\"watching\":\"/api/notes\"");
        }
    }

    @Test
    void the_frames_of_the_server_are_whole_and_carry_no_mask() {
        try (RawWebSocket socket = server.watch("/api/sizes")) {
            assertThat(socket.event().type()).isEqualTo("synced");
            for (int bytes : new int[] {1, 100, 65_000, 70_000}) {
                server.create("sizes", bytes);
                Frame frame = socket.frameBesides(RawWebSocket.PING);
                assertThat(frame.firstByte()).isEqualTo(RawWebSocket.TEXT);
                assertThat(Told.of(frame.text()).type()).isEqualTo("created");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1011, 3000, 4999})
    void a_close_is_answered_with_its_code(int code) {
        try (RawWebSocket socket = server.watch("/api/notes")) {
            socket.send(RawWebSocket.maskedClose(code));
            assertThat(socket.frameBesides(RawWebSocket.TEXT).closeCode()).isEqualTo(code);
            assertThat(socket.connection().endsInOrder()).isTrue();
        }
    }

    @Test
    void a_close_without_a_code_is_answered_without_one() {
        try (RawWebSocket socket = server.watch("/api/notes")) {
            socket.send(RawWebSocket.CLOSE, "");
            assertThat(socket.frameBesides(RawWebSocket.TEXT))
                    .isEqualTo(new Frame(RawWebSocket.CLOSE, ""));
            assertThat(socket.connection().endsInOrder()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535})
    void a_code_that_may_not_be_sent_is_not_echoed(int code) {
        try (RawWebSocket socket = server.watch("/api/notes")) {
            socket.send(RawWebSocket.maskedClose(code));
            assertThat(socket.frameBesides(RawWebSocket.TEXT).closeCode()).isEqualTo(1002);
            assertThat(socket.connection().endsInOrder()).isTrue();
        }
    }

    @Test
    void a_flood_of_pings_is_answered_to_the_last_and_others_are_served() {
        int count = 8_000;
        try (RawWebSocket other = server.watch("/api/others");
                RawWebSocket socket = server.watch("/api/nothing")) {
            assertThat(other.event().type()).isEqualTo("synced");
            byte[] ping = RawWebSocket.masked(RawWebSocket.PING, "p");
            Thread flood = Thread.startVirtualThread(() -> {
                for (int i = 0; i < count; i++) {
                    socket.send(ping);
                }
            });
            readPongs(socket, count / 2);
            server.create("others", 1);
            assertThat(other.event().type()).isEqualTo("created");
            readPongs(socket, count / 2);
            await().until(() -> !flood.isAlive());
        }
    }

    /** Of a byte each, and each has its answer. */
    @Test
    void a_flood_of_pings_costs_less_than_as_many_requests() {
        try (RawConnection peer = server.connect();
                RawWebSocket socket = server.watch("/api/nothing")) {
            LoopCost start = LoopCost.now();
            for (int i = 0; i < FLOOD; i++) {
                assertThat(peer.send(ASKING).answer().status()).isEqualTo(200);
            }
            LoopCost between = LoopCost.now();
            byte[] ping = RawWebSocket.masked(RawWebSocket.PING, "p");
            for (int i = 0; i < FLOOD; i++) {
                socket.send(ping);
                readPongs(socket, 1);
            }
            LoopCost pings = LoopCost.now().since(between);
            LoopCost requests = between.since(start);
            assertThat(pings.nanos()).isLessThan(requests.nanos());
            assertThat(pings.bytes()).isLessThan(requests.bytes());
        }
    }

    private static void readPongs(RawWebSocket socket, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(socket.frameBesides(RawWebSocket.TEXT).firstByte())
                    .isEqualTo(RawWebSocket.PONG);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://here,        101",
        "https://here,         101",
        LISTED + ",     101",
        "https://evil.test,  403",
        "null,                 403",
        "http://here:81, 403",
        "http://here.test,   403",
        "https://app.example., 403"
    })
    void pages_of_foreign_origins_are_not_let_in(String origin, int status) {
        try (RawConnection peer = server.connect()) {
            peer.send(RawWebSocket.handshake("/api/notes", "Origin: " + origin));
            Answer answer = peer.answer();
            assertThat(answer.status()).isEqualTo(status);
            if (status == 403) {
                assertThat(answer.body()).contains("/problems/forbidden-origin");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET /api/notes HTTP/1.1,         Upgrade,    13, dGhlIHNhbXBsZSBub25jZQ==, 101",
        "POST /api/notes HTTP/1.1,        Upgrade,    13, dGhlIHNhbXBsZSBub25jZQ==, 400",
        "GET /api/notes HTTP/1.1,         keep-alive, 13, dGhlIHNhbXBsZSBub25jZQ==, 400",
        "GET /api/notes HTTP/1.1,         Upgrade,    13, short,                    400",
        "GET /api/notes HTTP/1.1,         Upgrade,    8,  dGhlIHNhbXBsZSBub25jZQ==, 426",
        "GET /nothing/to/watch HTTP/1.1,  Upgrade,    13, dGhlIHNhbXBsZSBub25jZQ==, 404",
        "GET /problems/not-found HTTP/1.1, Upgrade,   13, dGhlIHNhbXBsZSBub25jZQ==, 404",
        "GET /api/Wrong HTTP/1.1,         Upgrade,    13, dGhlIHNhbXBsZSBub25jZQ==, 400",
        "GET /api/notes?since=x HTTP/1.1, Upgrade,    13, dGhlIHNhbXBsZSBub25jZQ==, 400",
        "GET /api/notes?at=1 HTTP/1.1,    Upgrade,    13, dGhlIHNhbXBsZSBub25jZQ==, 400"
    })
    void a_handshake_that_is_wrong_is_a_problem_and_the_connection_goes_on(
            String requestLine, String connection, String version, String key, int status) {
        try (RawConnection peer = server.connect()) {
            peer.send(Asking.head(
                    requestLine,
                    "Upgrade: websocket",
                    "Connection: " + connection,
                    "Sec-WebSocket-Version: " + version,
                    "Sec-WebSocket-Key: " + key));
            Answer answer = peer.answer();
            assertThat(answer.status()).isEqualTo(status);
            if (status == 426) {
                assertThat(answer.header("Sec-WebSocket-Version")).isEqualTo("13");
                assertThat(answer.header("Upgrade")).isEqualTo("websocket");
            }
            if (status != 101) {
                assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
                assertThat(peer.send(Asking.request(Transport.HTTP)).answer().status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void a_message_of_64_kib_is_taken_and_one_byte_more_is_not() {
        try (RawWebSocket socket = server.watch("/api/notes")) {
            socket.send(RawWebSocket.TEXT, "x".repeat(64 << 10));
            assertThat(socket.event().type()).isEqualTo("synced");
            assertThat(socket.frame().text()).contains("problem");
            socket.send(0x01, "x".repeat(40 << 10));
            socket.send(0x80, "x".repeat((24 << 10) + 1));
            assertThat(socket.frame().closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void behind_a_close_nothing_is_told_any_more() {
        try (RawWebSocket socket = server.watch("/api/ends")) {
            assertThat(socket.event().type()).isEqualTo("synced");
            socket.send(RawWebSocket.masked(RawWebSocket.BINARY, ""));
            assertThat(socket.frame().closeCode()).isEqualTo(1003);
            server.create("ends", 1);
            socket.send(RawWebSocket.PING, "too late").send(RawWebSocket.maskedClose(1000));
            assertThat(socket.connection().isAtEnd()).isTrue();
            assertThat(server.meter().endings())
                    .extracting(RecordingMeter.Ending::cause)
                    .contains(DisconnectCause.PROTOCOL_ERROR);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] together(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
