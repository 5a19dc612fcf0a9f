package dev.genstore.checks.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.TestIdentity;
import dev.genstore.wire.DisconnectCause;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import javax.net.ssl.SSLSocket;

/** What comes to a port with TLS and is no TLS, or not all of it. */
class NoHandshakeTest {
    private final SecureServer server =
            new SecureServer(SecureServer.impatient(), TestIdentity.shared());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void who_speaks_plain_http_is_told_to_speak_tls() throws IOException {
        try (Socket socket = server.plain()) {
            socket.getOutputStream().write(ascii("GET /api HTTP/1.1\r\nHost: a\r\n\r\n"));
            assertThat(rest(socket))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("application/problem+json")
                    .contains("https://");
        }
        server.awaitEndings(DisconnectCause.HANDSHAKE_FAILED);
    }

    @Test
    void what_is_neither_tls_nor_http_is_cut() throws IOException {
        try (Socket socket = server.plain()) {
            socket.getOutputStream().write(new byte[] {0, 1, 2});
            assertThat(rest(socket)).isEmpty();
        }
        server.awaitEndings(DisconnectCause.HANDSHAKE_FAILED);
    }

    @Test
    void a_record_that_is_no_handshake_is_refused() throws IOException {
        try (Socket socket = server.plain()) {
            socket.getOutputStream().write(new byte[] {22, 3, 1, 0, 4, 99, 0, 0, 0});
            socket.getInputStream().readAllBytes();
        }
        server.awaitEndings(DisconnectCause.HANDSHAKE_FAILED);
    }

    @Test
    void handshakes_that_take_too_long_are_cut() throws IOException {
        byte[] hello = ClientHello.offering(ClientHello.TLS_1_2, 0xC02F);
        try (Socket silent = server.plain();
                Socket half = server.plain();
                Socket noMore = server.plain()) {
            half.getOutputStream().write(Arrays.copyOf(hello, hello.length / 2));
            noMore.getOutputStream().write(hello);
            assertThat(rest(silent)).isEmpty();
            assertThat(rest(half)).isEmpty();
            assertThat(rest(noMore)).isNotEmpty();
        }
        server.awaitEndings(
                DisconnectCause.HANDSHAKE_TIMEOUT,
                DisconnectCause.HANDSHAKE_TIMEOUT,
                DisconnectCause.HANDSHAKE_TIMEOUT);
    }

    @Test
    void a_handshake_that_comes_byte_by_byte_has_no_more_time() throws IOException {
        byte[] hello = ClientHello.offering(ClientHello.TLS_1_2, 0xC02F);
        try (Socket slow = server.plain()) {
            slow.setSoTimeout(100);
            slow.getOutputStream().write(hello, 0, 1);
            for (int i = 1; i < hello.length && !isOver(slow); i++) {
                slow.getOutputStream().write(hello, i, 1);
            }
        } catch (IOException cut) {
            assertThat(cut).hasMessageNotContaining("timed out");
        }
        server.awaitEndings(DisconnectCause.HANDSHAKE_TIMEOUT);
    }

    /** Waits a moment for the end. */
    private static boolean isOver(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException notYet) {
            return false;
        }
    }

    @Test
    void who_goes_away_in_the_middle_has_only_gone() throws IOException {
        byte[] hello = ClientHello.offering(ClientHello.TLS_1_2, 0xC02F);
        try (Socket socket = server.plain()) {
            socket.getOutputStream().write(hello, 0, 20);
        }
        server.awaitEndings(DisconnectCause.CLIENT_CLOSED);
    }

    @Test
    void a_record_that_was_changed_on_the_way_ends_the_connection() throws IOException {
        try (Socket socket = server.plain();
                SSLSocket secure = server.secureUpon(socket)) {
            secure.startHandshake();
            byte[] forged = new byte[40];
            forged[0] = 23;
            forged[1] = 3;
            forged[2] = 3;
            forged[4] = 35;
            socket.getOutputStream().write(forged);
            socket.getInputStream().readAllBytes();
        }
        server.awaitEndings(DisconnectCause.PROTOCOL_ERROR);
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
