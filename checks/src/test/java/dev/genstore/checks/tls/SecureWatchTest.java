package dev.genstore.checks.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.TestIdentity;
import dev.genstore.wire.DisconnectCause;
import dev.genstore.wire.WireSettings;
import dev.genstore.wire.send.SenderChoice;
import dev.genstore.wire.send.SenderKind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLSocket;

/** What is told over TLS. Most of what is promised is tried over TLS by the tests of promises. */
class SecureWatchTest {
    private static final int CHANGES = 300;

    static List<SenderKind> senders() {
        return Arrays.stream(SenderKind.values())
                .filter(SecureWatchTest::canBeHad)
                .toList();
    }

    private static boolean canBeHad(SenderKind kind) {
        try {
            return SenderChoice.choose(kind).kind() == kind;
        } catch (IOException missing) {
            return false;
        }
    }

    /** Whatever else gives frames to sockets, here it would send them without TLS. */
    @ParameterizedTest
    @MethodSource("senders")
    void no_sender_writes_past_tls(SenderKind sender) throws IOException {
        WireSettings settings = WireSettings.of("127.0.0.1", 0).withSender(sender);
        try (var server = new SecureServer(settings, TestIdentity.shared());
                SSLSocket watch = server.secure("TLSv1.3")) {
            assertThat(server.store().sender().kind()).isEqualTo(sender);
            BufferedReader told = watch(watch);
            for (int i = 1; i <= CHANGES; i++) {
                create(server);
                assertThat(nextCreated(told)).contains("\"_revision\":" + i + ",");
            }
        }
    }

    private static void create(SecureServer server) {
        server.store().resources().create("notes", "{}".getBytes(StandardCharsets.UTF_8));
    }

    private static BufferedReader watch(SSLSocket socket) throws IOException {
        ask(socket, "GET /api/notes HTTP/1.1", "Accept: application/x-ndjson");
        var told = new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        while (!told.readLine().contains("\"synced\"")) {
            assertThat(socket.isConnected()).isTrue();
        }
        return told;
    }

    private static void ask(SSLSocket socket, String line, String field) throws IOException {
        socket.getOutputStream()
                .write((line + "\r\nHost: localhost\r\n" + field + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private static String nextCreated(BufferedReader told) throws IOException {
        String line = told.readLine();
        while (!line.contains("\"type\":\"created\"")) {
            line = told.readLine();
        }
        return line;
    }

    @Test
    void a_websocket_of_java_is_told_over_tls() throws InterruptedException {
        try (var server = new SecureServer(TestIdentity.shared());
                HttpClient client = server.client(HttpClient.Version.HTTP_1_1)) {
            var told = new LinkedBlockingQueue<String>();
            URI url = URI.create(server.url("/api/notes").toString().replace("https", "wss"));
            WebSocket socket = client.newWebSocketBuilder()
                    .header("Origin", "https://127.0.0.1:" + server.port())
                    .buildAsync(url, listener(told))
                    .join();
            assertThat(told.poll(20, TimeUnit.SECONDS)).contains("synced");
            create(server);
            assertThat(told.poll(20, TimeUnit.SECONDS)).contains("created");
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            server.awaitEndings(DisconnectCause.CLIENT_CLOSED);
        }
    }

    private static WebSocket.Listener listener(BlockingQueue<String> told) {
        return new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                told.add(text.toString());
                return WebSocket.Listener.super.onText(from, text, last);
            }
        };
    }

    /** TLS 1.3 has an end for each direction (RFC 8446, 6.1). */
    @Test
    void who_says_that_he_sends_no_more_is_still_answered() throws IOException {
        try (var server = new SecureServer(TestIdentity.shared());
                SSLSocket socket = server.secure("TLSv1.3")) {
            ask(socket, "GET /api HTTP/1.1", "Accept: */*");
            socket.shutdownOutput();
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 200").endsWith("}");
        }
    }

    /** Without its word for the end, what is read could have been cut by somebody on the way. */
    @Test
    void the_last_answer_ends_with_the_end_of_tls() throws IOException {
        try (var server = new SecureServer(TestIdentity.shared())) {
            assertThat(lastAnswer(server)).startsWith("HTTP/1.1 200").endsWith("}");
            server.awaitEndings(DisconnectCause.ANSWERED);
        }
    }

    private static String lastAnswer(SecureServer server) throws IOException {
        try (SSLSocket socket = server.secure("TLSv1.3")) {
            ask(socket, "GET /api HTTP/1.1", "Connection: close");
            byte[] answer = socket.getInputStream().readAllBytes();
            return new String(answer, StandardCharsets.US_ASCII);
        }
    }
}
