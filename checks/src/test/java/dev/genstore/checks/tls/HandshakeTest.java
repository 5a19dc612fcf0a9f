package dev.genstore.checks.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.checks.harness.TestIdentity;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** Whom the server lets shake hands, and with what. */
class HandshakeTest {
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int PROTOCOL_VERSION = 70;
    private static final int HANDSHAKE_FAILURE = 40;
    private static final String REQUEST = "GET /api HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String LAST = REQUEST.replace("Host", "Connection: close\r\nHost");

    private static SecureServer server;

    @BeforeAll
    static void start() {
        server = new SecureServer(TestIdentity.shared());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void the_newest_tls_is_what_a_client_gets() {
        HttpResponse<String> answer =
                server.get(server.client(HttpClient.Version.HTTP_1_1), "/api");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void a_key_may_be_of_each_usual_kind(String algorithm) {
        try (var other = new SecureServer(TestIdentity.make(algorithm))) {
            HttpClient client = other.client(HttpClient.Version.HTTP_1_1);
            assertThat(other.get(client, "/api").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_client_of_tls_1_2_is_answered() throws IOException {
        try (SSLSocket socket = server.secure("TLSv1.2")) {
            assertThat(ask(socket)).startsWith("HTTP/1.1 200");
            assertThat(socket.getSession().getCipherSuite()).startsWith("TLS_ECDHE_");
        }
    }

    /** Each new handshake would cost the server a hundred times what it costs the client. */
    @Test
    void a_client_of_tls_1_2_may_not_ask_for_another_handshake() throws IOException {
        try (SSLSocket socket = server.secure("TLSv1.2")) {
            ask(socket);
            socket.startHandshake();
            socket.getOutputStream().write(LAST.getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
                    .isInstanceOf(SSLException.class);
        }
    }

    private static String ask(Socket socket) throws IOException {
        socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        byte[] begun = socket.getInputStream().readNBytes(12);
        return new String(begun, StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(ints = {ClientHello.TLS_1_0, ClientHello.TLS_1_1})
    void older_versions_are_refused(int version) throws IOException {
        assertThat(answerTo(ClientHello.offering(version, 0xC013, 0xC014, 0x002F)))
                .isEqualTo(new int[] {ALERT, PROTOCOL_VERSION});
    }

    @ParameterizedTest
    @CsvSource({
        "0x009C, RSA without forward secrecy",
        "0x002F, the same with CBC",
        "0xC013, ECDHE with CBC",
        "0xC027, ECDHE with CBC and SHA-256",
        "0x009E, DHE",
        "0x000A, 3DES",
        "0x0005, RC4",
        "0xC010, no encryption at all",
        "0x00FF, nothing"
    })
    void weak_suites_are_refused(int suite, String what) throws IOException {
        assertThat(answerTo(ClientHello.offering(ClientHello.TLS_1_2, suite)))
                .as(what)
                .isEqualTo(new int[] {ALERT, HANDSHAKE_FAILURE});
    }

    @ParameterizedTest
    @ValueSource(ints = {0xC02F, 0xC030, 0xCCA8})
    void the_suites_of_tls_1_2_are_those_with_forward_secrecy_and_authentication(int suite)
            throws IOException {
        assertThat(answerTo(ClientHello.offering(ClientHello.TLS_1_2, 0x002F, suite))[0])
                .isEqualTo(HANDSHAKE);
    }

    /** The type of the record that comes, and of an alert which one it is. */
    private static int[] answerTo(byte[] hello) throws IOException {
        try (Socket socket = server.plain()) {
            socket.getOutputStream().write(hello);
            var in = new DataInputStream(socket.getInputStream());
            int type = in.readUnsignedByte();
            in.readFully(new byte[5]);
            return new int[] {type, in.readUnsignedByte()};
        }
    }

    @Test
    void a_client_that_does_not_know_the_authority_goes_away() {
        try (var other = new SecureServer(TestIdentity.make("EC"), TestIdentity.shared())) {
            HttpClient client = server.client(HttpClient.Version.HTTP_1_1);
            assertThatThrownBy(() -> other.get(client, "/api"))
                    .hasCauseInstanceOf(SSLException.class);
        }
    }
}
