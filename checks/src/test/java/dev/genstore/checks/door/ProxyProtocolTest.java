package dev.genstore.checks.door;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.RawSocket;
import dev.genstore.wire.proxy.Telling;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.UncheckedIOException;
import java.net.SocketException;
import java.util.HexFormat;

/**
 * Connections that begin with a header of the PROXY protocol, as HAProxy's
 * {@code doc/proxy-protocol.txt} has it.
 */
class ProxyProtocolTest {
    private static final String ASK = "GET /whence HTTP/1.1⏎Host: localhost";
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final String ONE = "PROXY TCP4 192.0.2.7 127.0.0.1 4711 80\r\n";

    @AutoClose
    private final DoorServer server = DoorServer.behind(Telling.PROXY_PROTOCOL, "127.0.0.1");

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 192.0.2.7 127.0.0.1 4711 80,      192.0.2.7",
        "PROXY TCP6 2001:db8::7 ::1 4711 80,          2001:db8:0:0:0:0:0:7",
        "PROXY TCP6 ::ffff:192.0.2.7 ::1 4711 80,     192.0.2.7",
        "PROXY UNKNOWN,                               127.0.0.1",
        "PROXY UNKNOWN ffff:f:f ffff:f:f 65535 65535, 127.0.0.1"
    })
    void a_line_says_where_the_client_is(String line, String address) {
        assertThat(whence((line + "\r\n").getBytes(ISO_8859_1))).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({
        "TCP over IPv4,         2111 000c c0000207 7f000001 1267 0050,               192.0.2.7",
        "with more behind,      2111 0013 c0000207 7f000001 1267 0050 04 0004 00000000, 192.0.2.7",
        "TCP over IPv6,         2121 0024 20010db8000000000000000000000007"
                + " 00000000000000000000000000000001 1267 0050,        2001:db8:0:0:0:0:0:7",
        "the proxy itself,      2011 000c c0000207 7f000001 1267 0050,               127.0.0.1",
        "the proxy alone,       2000 0000,                                           127.0.0.1",
        "no address,            2100 0000,                                           127.0.0.1",
        "UDP,                   2112 000c c0000207 7f000001 1267 0050,               127.0.0.1"
    })
    void a_binary_header_says_where_the_client_is(String name, String hex, String address) {
        assertThat(whence(binary(hex))).as(name).isEqualTo(address);
    }

    /** Paths of a Unix socket are no place that could be told from another. */
    @Test
    void a_client_on_the_machine_of_the_proxy_is_nowhere() {
        String paths = "2f61" + "00".repeat(106) + "2f62" + "00".repeat(106);
        assertThat(whence(binary("2131 00d8" + paths))).isEqualTo("unknown");
    }

    @Test
    void a_header_may_come_in_pieces_and_holds_for_all_requests() {
        try (RawSocket socket = RawSocket.connect(server.port())) {
            for (byte each : ONE.getBytes(ISO_8859_1)) {
                socket.send(new byte[] {each});
            }
            for (int i = 0; i < 3; i++) {
                socket.send(DoorServer.bytes(ASK + "⏎X-Forwarded-For: 198.51.100.1"));
                assertThat(socket.readAnswer(false).text()).isEqualTo("192.0.2.7");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a request alone,        'GET /whence HTTP/1.1⏎Host: localhost⏎⏎'",
        "no such address,        'PROXY TCP4 192.0.2.777 127.0.0.1 4711 80⏎'",
        "a name,                 'PROXY TCP4 localhost 127.0.0.1 4711 80⏎'",
        "no such port,           'PROXY TCP4 192.0.2.7 127.0.0.1 4711 65536⏎'",
        "half of the addresses,  'PROXY TCP4 192.0.2.7⏎'",
        "another protocol,       'PROXY SCTP 192.0.2.7 127.0.0.1 4711 80⏎'",
        "in small letters,       'proxy TCP4 192.0.2.7 127.0.0.1 4711 80⏎'"
    })
    void who_does_not_say_it_is_cut_off(String name, String bytes) {
        requireEnd(bytes.replace("⏎", "\r\n").getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource({
        "a line without end, 50524f585920554e4b4e4f574e20, 20, 200",
        "more than is taken, 0d0a0d0a000d0a515549540a21112000c00002077f000001126700500420f1, 00, 9000"
    })
    void what_is_too_long_is_cut_off(String name, String start, String filling, int times) {
        requireEnd(HexFormat.of().parseHex(start + filling.repeat(times)));
    }

    @Test
    void a_second_header_is_no_request() {
        try (RawSocket socket = RawSocket.connect(server.port())) {
            socket.send((ONE + ONE).getBytes(ISO_8859_1));
            assertThat(socket.readAnswer(false).status()).isEqualTo(400);
        }
    }

    /** Anybody else could say that he is somebody else. */
    @Test
    void who_is_not_trusted_may_not_connect() {
        try (DoorServer elsewhere = DoorServer.behind(Telling.PROXY_PROTOCOL, "10.0.0.0/8");
                RawSocket socket = RawSocket.connect(elsewhere.port())) {
            assertThat(isAtEnd(socket)).isTrue();
        }
    }

    @Test
    void a_header_that_is_not_complete_in_time_is_cut_off() {
        try (DoorServer impatient = DoorServer.impatient();
                RawSocket socket = RawSocket.connect(impatient.port())) {
            socket.send("PROXY TCP4 192.0.2.7".getBytes(ISO_8859_1));
            assertThat(isAtEnd(socket)).isTrue();
        }
    }

    @Test
    void a_connection_with_a_header_can_be_watched_on() {
        try (RawSocket socket = RawSocket.connect(server.port())) {
            socket.send(ONE.getBytes(ISO_8859_1));
            socket.send(DoorServer.bytes("GET /api/notes HTTP/1.1⏎Host: localhost"
                    + "⏎Upgrade: websocket⏎Connection: Upgrade⏎Sec-WebSocket-Version: 13"
                    + "⏎Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
            assertThat(socket.readHead().status()).isEqualTo(101);
        }
    }

    private String whence(byte[] header) {
        try (RawSocket socket = RawSocket.connect(server.port())) {
            byte[] request = DoorServer.bytes(ASK);
            byte[] all = new byte[header.length + request.length];
            System.arraycopy(header, 0, all, 0, header.length);
            System.arraycopy(request, 0, all, header.length, request.length);
            socket.send(all);
            Answer answer = socket.readAnswer(false);
            return answer.text();
        }
    }

    private void requireEnd(byte[] bytes) {
        try (RawSocket socket = RawSocket.connect(server.port())) {
            socket.send(bytes);
            assertThat(isAtEnd(socket)).isTrue();
        }
    }

    /** What was sent and not read makes a reset of the end. */
    private static boolean isAtEnd(RawSocket socket) {
        try {
            return socket.isAtEnd();
        } catch (UncheckedIOException broken) {
            return broken.getCause() instanceof SocketException;
        }
    }

    private static byte[] binary(String hex) {
        return HexFormat.of().parseHex(SIGNATURE + hex.replace(" ", ""));
    }
}
