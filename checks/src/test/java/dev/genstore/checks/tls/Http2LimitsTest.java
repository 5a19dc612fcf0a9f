package dev.genstore.checks.tls;

import static dev.genstore.checks.tls.RawHttp2.END_HEADERS;
import static dev.genstore.checks.tls.RawHttp2.END_STREAM;
import static dev.genstore.checks.tls.RawHttp2.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.checks.harness.TestIdentity;
import dev.genstore.checks.tls.RawHttp2.Frame;
import dev.genstore.wire.DisconnectCause;
import dev.genstore.wire.Transport;

import io.netty.handler.codec.http2.Http2Error;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a client of HTTP/2 does wrong, or too much of, is refused, and bounded. */
class Http2LimitsTest {
    private static final int PIECE_BYTES = 16_000;

    private final SecureServer server =
            new SecureServer(SecureServer.impatient(), TestIdentity.shared());

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "wrong-heads.txt", delimiter = '|')
    void a_head_that_is_none_is_refused(String fields, String what) {
        try (RawHttp2 client = RawHttp2.open(server)) {
            client.send(
                    RawHttp2.HEADERS,
                    END_HEADERS | END_STREAM,
                    1,
                    RawHttp2.fields(fields.strip().split(" ")));
            Frame answer = client.next(frame -> frame.stream() == 1);
            if (answer.type() == RawHttp2.RST_STREAM) {
                assertThat(answer.number()).as(what).isEqualTo((int)
                        Http2Error.PROTOCOL_ERROR.code());
            } else {
                assertThat(client.next(RawHttp2.DATA).text()).as(what).contains("\"status\":400");
            }
            client.get(3, "/api");
            assertThat(client.next(frame -> frame.stream() == 3).type())
                    .isEqualTo(RawHttp2.HEADERS);
        }
    }

    @Test
    void a_value_with_a_line_break_is_refused() {
        try (RawHttp2 client = RawHttp2.open(server)) {
            client.get(1, "/api", "x", "1\r\nhost: b");
            Frame answer = client.next(frame -> frame.stream() == 1);
            assertThat(answer.type()).isIn(RawHttp2.RST_STREAM, RawHttp2.HEADERS);
            assertThat(answer.isLast()).isFalse();
        }
    }

    @Test
    void a_head_that_is_too_large_is_answered_431() {
        try (RawHttp2 client = RawHttp2.open(server)) {
            client.get(1, "/api", "x", "y".repeat(16_000), "z", "y".repeat(300));
            assertThat(client.status()).isEqualTo("431");
        }
    }

    @Test
    void too_many_fields_are_answered_431() {
        String[] fields = new String[202];
        Arrays.fill(fields, "x");
        try (RawHttp2 client = RawHttp2.open(server)) {
            client.get(1, "/api", fields);
            assertThat(client.status()).isEqualTo("431");
        }
    }

    @Test
    void a_url_that_is_too_long_is_answered_414() {
        try (RawHttp2 client = RawHttp2.open(server)) {
            client.get(1, "/api?filter=" + "x".repeat(8_192));
            assertThat(client.status()).isEqualTo("414");
        }
    }

    @Test
    void a_body_that_is_too_long_is_answered_413_before_it_has_come() {
        try (RawHttp2 client = RawHttp2.open(server)) {
            client.send(
                    RawHttp2.HEADERS,
                    END_HEADERS,
                    1,
                    head("POST", "/api/notes", "content-length", "9999999"));
            assertThat(client.status()).isEqualTo("413");
            assertThat(client.next(RawHttp2.RST_STREAM).number()).isZero();
        }
    }

    @Test
    void a_body_that_grows_too_long_is_answered_413() {
        try (RawHttp2 client = RawHttp2.open(server)) {
            client.send(RawHttp2.HEADERS, END_HEADERS, 1, head("POST", "/api/notes"));
            for (int window = 65_535; window >= 0; window += windowUpdate(client)) {
                for (; window >= PIECE_BYTES; window -= PIECE_BYTES) {
                    client.send(RawHttp2.DATA, 0, 1, new byte[PIECE_BYTES]);
                }
            }
        }
    }

    /** How much more may be sent; much less than nothing when there was an answer, which is 413. */
    private static int windowUpdate(RawHttp2 client) {
        Frame frame = client.next(next -> next.stream() == 1);
        if (frame.type() == RawHttp2.WINDOW_UPDATE) {
            return frame.number();
        }
        assertThat(client.lastHead().status()).hasToString("413");
        return Integer.MIN_VALUE / 2;
    }

    @Test
    void a_body_that_does_not_come_is_answered_408() {
        try (RawHttp2 client = RawHttp2.open(server)) {
            client.send(RawHttp2.HEADERS, END_HEADERS, 1, head("POST", "/api/notes"));
            assertThat(client.status()).isEqualTo("408");
            server.awaitEnding(DisconnectCause.REQUEST_TIMEOUT);
        }
    }

    @Test
    void who_shakes_hands_and_says_nothing_is_cut() {
        try (RawHttp2 client = RawHttp2.connect(server)) {
            client.goodbye();
            server.awaitEndings(DisconnectCause.REQUEST_TIMEOUT);
        }
    }

    @Test
    void a_connection_without_requests_is_told_goodbye() {
        try (RawHttp2 client = RawHttp2.open(server)) {
            assertThat(client.goodbye()).isZero();
            server.awaitEndings(DisconnectCause.IDLE);
        }
    }

    @Test
    void more_streams_than_are_allowed_are_refused_and_may_be_repeated() {
        try (RawHttp2 client = RawHttp2.open(server)) {
            for (int i = 0; i <= 100; i++) {
                client.get(2 * i + 1, "/api/notes", "accept", "text/event-stream");
            }
            Frame refused = client.next(RawHttp2.RST_STREAM);
            assertThat(refused.stream()).isEqualTo(201);
            assertThat(refused.number()).isEqualTo((int) Http2Error.REFUSED_STREAM.code());
            assertThat(server.open(Transport.SSE)).isEqualTo(100);
        }
    }

    @Test
    void a_stream_counts_as_a_connection_and_one_too_many_is_refused() {
        try (var small = new SecureServer(SecureServer.impatient(2), TestIdentity.shared());
                RawHttp2 client = RawHttp2.open(small)) {
            client.get(1, "/api/notes", "accept", "text/event-stream");
            assertThat(client.next(RawHttp2.DATA).text()).contains("synced");
            client.get(3, "/api");
            assertThat(client.next(RawHttp2.RST_STREAM).number())
                    .isEqualTo((int) Http2Error.REFUSED_STREAM.code());
            small.awaitEndings(DisconnectCause.REFUSED);
        }
    }

    @Test
    void requests_that_are_reset_at_once_end_the_connection_when_there_are_many() {
        try (RawHttp2 client = RawHttp2.open(server)) {
            for (int i = 0; i < 1_000 && !client.isCut(); i++) {
                client.tryWrite(RawHttp2.frame(
                        RawHttp2.HEADERS,
                        END_HEADERS | END_STREAM,
                        2 * i + 1,
                        head("GET", "/api")));
                client.tryWrite(RawHttp2.frame(
                        RawHttp2.RST_STREAM, 0, 2 * i + 1, Http2Test.number(Http2Error.CANCEL)));
            }
            server.awaitEnding(DisconnectCause.LIMIT);
            await().atMost(SecureServer.PATIENCE).until(() -> server.open(Transport.HTTP) == 0);
        }
    }

    @Test
    void short_continuations_without_end_end_the_connection() {
        try (RawHttp2 client = RawHttp2.open(server)) {
            client.send(RawHttp2.HEADERS, 0, 1, head("GET", "/api"));
            for (int i = 0; i < 1_000 && !client.isCut(); i++) {
                client.tryWrite(
                        RawHttp2.frame(RawHttp2.CONTINUATION, 0, 1, RawHttp2.fields("a", "b")));
            }
            server.awaitEnding(DisconnectCause.LIMIT);
        }
    }

    @Test
    void long_continuations_without_end_end_the_connection() {
        try (RawHttp2 client = RawHttp2.open(server)) {
            client.send(RawHttp2.HEADERS, 0, 1, head("GET", "/api"));
            byte[] more = RawHttp2.fields("a", "b".repeat(10_000));
            for (int i = 0; i < 1_000 && !client.isCut(); i++) {
                client.tryWrite(RawHttp2.frame(RawHttp2.CONTINUATION, 0, 1, more));
            }
            await().atMost(SecureServer.PATIENCE).until(() -> server.open(Transport.HTTP) == 0);
        }
    }

    @Test
    void pings_and_settings_without_end_end_the_connection() {
        for (byte[] frame : new byte[][] {
            RawHttp2.frame(RawHttp2.PING, 0, 0, new byte[8]),
            RawHttp2.frame(RawHttp2.SETTINGS, 0, 0)
        }) {
            try (RawHttp2 client = RawHttp2.open(server)) {
                byte[] many = repeat(frame, 100);
                for (int i = 0; i < 100 && !client.isCut(); i++) {
                    client.tryWrite(many);
                }
                server.awaitEnding(DisconnectCause.LIMIT);
            }
        }
    }

    @Test
    void data_frames_without_data_end_the_connection() {
        try (RawHttp2 client = RawHttp2.open(server)) {
            client.send(RawHttp2.HEADERS, END_HEADERS, 1, head("POST", "/api/notes"));
            client.tryWrite(repeat(RawHttp2.frame(RawHttp2.DATA, 0, 1), 100));
            server.awaitEnding(DisconnectCause.LIMIT);
        }
    }

    private static byte[] repeat(byte[] frame, int count) {
        var many = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            many.writeBytes(frame);
        }
        return many.toByteArray();
    }

    /** Its position stays where it is, and nothing is kept for it. */
    @Test
    void a_watch_without_a_window_is_cut_and_the_others_of_its_connection_go_on() {
        try (RawHttp2 client = RawHttp2.open(server, 1_000)) {
            client.get(1, "/api/notes", "accept", "application/x-ndjson");
            client.get(3, "/api/others", "accept", "application/x-ndjson");
            client.send(RawHttp2.WINDOW_UPDATE, 0, 3, (byte) 0x3F, (byte) 0, (byte) 0, (byte) 0);
            await().atMost(SecureServer.PATIENCE).until(() -> server.open(Transport.NDJSON) == 2);
            server.create("notes", 2_000_000);
            server.create("others", 10);
            Frame reset = client.next(frame -> frame.type() == RawHttp2.RST_STREAM);
            assertThat(reset.stream()).isEqualTo(1);
            server.awaitEndings(DisconnectCause.STALLED);
            server.create("others", 20);
            assertThat(client.next(RawHttp2.DATA).stream()).isEqualTo(3);
        }
    }

    @Test
    void a_connection_that_takes_nothing_is_cut() {
        try (RawHttp2 client = RawHttp2.open(server, Integer.MAX_VALUE)) {
            client.send(RawHttp2.WINDOW_UPDATE, 0, 0, (byte) 0x7F, (byte) 0, (byte) 0, (byte) 0);
            client.get(1, "/api/notes", "accept", "application/x-ndjson");
            await().atMost(SecureServer.PATIENCE).until(() -> server.open(Transport.NDJSON) == 1);
            for (int i = 0; i < 10; i++) {
                server.create("notes", 900_000);
            }
            await().atMost(SecureServer.PATIENCE).until(() -> server.open(Transport.HTTP) == 0);
            server.awaitEnding(DisconnectCause.STALLED);
        }
    }

    @Test
    void what_is_no_http2_ends_the_connection() {
        try (RawHttp2 client = RawHttp2.connect(server)) {
            client.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            client.goodbye();
            server.awaitEndings(DisconnectCause.PROTOCOL_ERROR);
        } catch (UncheckedIOException cut) {
            server.awaitEndings(DisconnectCause.PROTOCOL_ERROR);
        }
    }
}
