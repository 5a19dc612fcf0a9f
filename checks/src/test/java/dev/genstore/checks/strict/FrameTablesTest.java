package dev.genstore.checks.strict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.RawSocket;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.testkit.FrameTable;
import dev.genstore.testkit.Table;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tables of the frame decoder over real WebSockets: what is in order has its answer, and what is
 * not is told the right close code and ends the connection.
 */
class FrameTablesTest {
    private static final String FOLDER = "/dev/genstore/wire/websocket/";
    private static final String HANDSHAKE = """
            GET /api/_watch HTTP/1.1⏎Host: here⏎Upgrade: websocket⏎Connection: Upgrade⏎\
            Sec-WebSocket-Version: 13⏎Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==⏎⏎""";
    private static final HexFormat HEX = HexFormat.of();

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("frames")
    void each_message_has_its_answer_and_each_mistake_its_code(Table.Row row) throws IOException {
        try (RawSocket socket = RawSocket.connect(server.port())) {
            socket.send(Table.bytes(HANDSHAKE));
            assertThat(socket.readHead().status()).isEqualTo(101);
            socket.send(FrameTable.bytes(row.input()));
            Iterator<String> outcomes = List.of(row.outcome().split("; ", -1)).iterator();
            boolean goesOn = true;
            while (goesOn && outcomes.hasNext()) {
                goesOn = isAnswered(socket, outcomes.next());
            }
            socket.finish();
            assertThat(socket.isAtEnd()).as("no further frame").isTrue();
        }
    }

    static Stream<Table.Row> frames() {
        return Stream.of("frames.txt", "headers.txt", "close.txt", "utf8.txt")
                .flatMap(file -> Table.rows(FrameTablesTest.class, FOLDER + file).stream());
    }

    /** Reads what this must be answered with; returns whether the connection goes on behind it. */
    private static boolean isAnswered(RawSocket socket, String outcome) throws IOException {
        String inside = outcome.replaceFirst("^[A-Za-z]+\\(?", "").replaceFirst("\\)$", "");
        return switch (outcome.replaceFirst("\\(.*", "")) {
            case "nothing", "Pong" -> true;
            case "Ping" -> isAlike(frame(socket), "8a" + inside);
            case "Text" -> isRefusedCommand(frame(socket));
            case "Binary" -> isClosed(frame(socket), "1003");
            case "Close" -> isEchoed(frame(socket), inside.replaceFirst(" .*", ""));
            default -> isClosed(frame(socket), outcome);
        };
    }

    private static boolean isAlike(String frame, String expected) {
        assertThat(frame).isEqualTo(expected);
        return true;
    }

    /** No text in the tables is a command. */
    private static boolean isRefusedCommand(String frame) {
        assertThat(frame)
                .startsWith("81" + HEX.formatHex("{\"problem\":".getBytes(StandardCharsets.UTF_8)));
        return true;
    }

    private static boolean isClosed(String frame, String code) {
        assertThat(frame).startsWith("88" + digits(code));
        return false;
    }

    /** A Close is answered with its code and without its reason; 1005 stands for none. */
    private static boolean isEchoed(String frame, String code) {
        assertThat(frame).isEqualTo("1005".equals(code) ? "88" : "88" + digits(code));
        return false;
    }

    private static String digits(String code) {
        return HEX.toHexDigits((short) Integer.parseInt(code));
    }

    /** The first byte and the payload of the next frame, which is a short one. */
    private static String frame(RawSocket socket) throws IOException {
        byte[] start = socket.in().readNBytes(2);
        assertThat(start).as("the start of a frame").hasSize(2);
        int length = start[1];
        if (length == 126) {
            byte[] more = socket.in().readNBytes(2);
            length = ((more[0] & 0xFF) << 8) | (more[1] & 0xFF);
        }
        return HEX.toHexDigits(start[0]) + HEX.formatHex(socket.in().readNBytes(length));
    }
}
