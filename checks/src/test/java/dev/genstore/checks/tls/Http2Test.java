package dev.genstore.checks.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.checks.harness.TestIdentity;
import dev.genstore.checks.tls.RawHttp2.Frame;
import dev.genstore.wire.DisconnectCause;
import dev.genstore.wire.Transport;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/** Requests and watches over HTTP/2 (RFC 9113), which a client chooses in the handshake of TLS. */
class Http2Test {
    private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    private static final String SSE = "text/event-stream";

    private final SecureServer server = new SecureServer(TestIdentity.shared());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_client_that_offers_it_gets_it_and_one_that_does_not_is_answered_all_the_same() {
        HttpResponse<String> newer = server.get(server.client(HttpClient.Version.HTTP_2), "/api");
        HttpResponse<String> older = server.get(server.client(HttpClient.Version.HTTP_1_1), "/api");
        assertThat(newer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(older.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(newer.body()).isEqualTo(older.body());
    }

    @Test
    void a_body_is_taken_and_answered() {
        try (RawHttp2 client = RawHttp2.open(server)) {
            client.send(
                    RawHttp2.HEADERS,
                    RawHttp2.END_HEADERS,
                    1,
                    RawHttp2.head("POST", "/api/notes", "content-type", "application/json"));
            client.send(RawHttp2.DATA, 0, 1, BODY[0], BODY[1], BODY[2]);
            client.send(RawHttp2.DATA, RawHttp2.END_STREAM, 1, BODY[3], BODY[4], BODY[5], BODY[6]);
            Http2Headers head = client.headers();
            assertThat(head.status()).hasToString("201");
            assertThat(head.get("location")).asString().startsWith("/api/notes/");
            assertThat(head.contains("connection")).isFalse();
            Frame content = client.next(RawHttp2.DATA);
            assertThat(content.text()).contains("\"a\":1");
            assertThat(content.isLast()).isTrue();
        }
    }

    @Test
    void a_client_that_waits_for_leave_to_send_its_body_gets_it() {
        try (RawHttp2 client = RawHttp2.open(server)) {
            byte[] head = RawHttp2.head(
                    "PUT",
                    "/api/notes/1",
                    "content-type",
                    "application/json",
                    "expect",
                    "100-continue");
            client.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, head);
            assertThat(client.status()).isEqualTo("100");
            client.send(RawHttp2.DATA, RawHttp2.END_STREAM, 1, BODY);
            assertThat(client.status()).isEqualTo("201");
        }
    }

    @Test
    void a_head_is_answered_without_content() {
        try (RawHttp2 client = RawHttp2.open(server)) {
            client.send(
                    RawHttp2.HEADERS,
                    RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                    1,
                    RawHttp2.head("HEAD", "/api"));
            Frame head = client.next(RawHttp2.HEADERS);
            assertThat(head.isLast()).isTrue();
        }
    }

    @Test
    void a_trailer_is_taken_and_ignored() {
        try (RawHttp2 client = RawHttp2.open(server)) {
            client.send(
                    RawHttp2.HEADERS,
                    RawHttp2.END_HEADERS,
                    1,
                    RawHttp2.head("POST", "/api/notes", "content-type", "application/json"));
            client.send(RawHttp2.DATA, 0, 1, BODY);
            client.send(
                    RawHttp2.HEADERS,
                    RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                    1,
                    RawHttp2.fields("x-sum", "1"));
            assertThat(client.status()).isEqualTo("201");
        }
    }

    /** What browsers can't have of HTTP/1.1, of which they open six connections. */
    @Test
    void a_client_watches_twenty_times_over_one_connection() throws Exception {
        var watches = new ArrayList<BufferedReader>();
        try (HttpClient client = server.client(HttpClient.Version.HTTP_2)) {
            for (int i = 0; i < 20; i++) {
                watches.add(watch(client));
            }
            server.create();
            for (BufferedReader watch : watches) {
                awaitLine(watch, "event: created");
            }
            assertThat(server.open(Transport.SSE)).isEqualTo(20);
            assertThat(server.open(Transport.HTTP)).isEqualTo(1);
            client.shutdownNow();
        }
    }

    private BufferedReader watch(HttpClient client) throws Exception {
        var request = HttpRequest.newBuilder(server.url("/api/notes"))
                .header("Accept", SSE)
                .build();
        HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store, no-transform");
        var told = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        awaitLine(told, "event: synced");
        return told;
    }

    private static void awaitLine(BufferedReader told, String wanted) throws Exception {
        String line = told.readLine();
        while (!line.equals(wanted)) {
            line = told.readLine();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SSE, "application/x-ndjson"})
    void a_watch_that_is_reset_is_gone(String form) {
        try (RawHttp2 client = RawHttp2.open(server)) {
            client.get(1, "/api/notes", "accept", form);
            assertThat(client.next(RawHttp2.DATA).text()).contains("synced");
            client.send(RawHttp2.RST_STREAM, 0, 1, number(Http2Error.CANCEL));
            server.awaitEndings(DisconnectCause.CLIENT_CLOSED);
            await().atMost(SecureServer.PATIENCE).until(() -> server.store().feedCount() == 0);
            client.get(3, "/api");
            assertThat(client.status()).isEqualTo("200");
        }
    }

    @Test
    void a_long_poll_that_is_reset_waits_no_longer() {
        try (RawHttp2 client = RawHttp2.open(server)) {
            client.get(
                    1,
                    "/api/notes",
                    "accept",
                    "application/cloudevents-batch+json",
                    "prefer",
                    "wait=60");
            await().atMost(SecureServer.PATIENCE).until(() -> server.open(Transport.POLL) == 1);
            client.send(RawHttp2.RST_STREAM, 0, 1, number(Http2Error.CANCEL));
            server.awaitEndings(DisconnectCause.CLIENT_CLOSED);
        }
    }

    @Test
    void watches_end_with_their_connection_and_for_its_cause() {
        try (RawHttp2 client = RawHttp2.open(server)) {
            client.get(1, "/api/notes", "accept", SSE);
            assertThat(client.next(RawHttp2.DATA).text()).contains("synced");
            client.send(RawHttp2.PING, 0, 0, (byte) 1);
            client.goodbye();
        }
        server.awaitEndings(DisconnectCause.PROTOCOL_ERROR, DisconnectCause.PROTOCOL_ERROR);
    }

    @Test
    void a_server_that_stops_says_goodbye_and_when_to_come_back() {
        try (RawHttp2 client = RawHttp2.open(server)) {
            client.get(1, "/api/notes", "accept", SSE);
            assertThat(client.next(RawHttp2.DATA).text()).contains("synced");
            server.store().close();
            assertThat(client.next(RawHttp2.GOAWAY).error()).isZero();
            Frame last = client.next(RawHttp2.DATA);
            assertThat(last.text()).startsWith("retry: ");
            assertThat(last.isLast()).isTrue();
            server.awaitEndings(DisconnectCause.STOPPING, DisconnectCause.STOPPING);
        }
    }

    static byte[] number(Http2Error error) {
        return new byte[] {0, 0, 0, (byte) error.code()};
    }
}
