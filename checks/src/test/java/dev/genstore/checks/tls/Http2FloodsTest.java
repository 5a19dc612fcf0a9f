package dev.genstore.checks.tls;

import static dev.genstore.checks.tls.RawHttp2.END_HEADERS;
import static dev.genstore.checks.tls.RawHttp2.END_STREAM;
import static dev.genstore.checks.tls.RawHttp2.frame;
import static dev.genstore.checks.tls.RawHttp2.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.checks.harness.LoopCost;
import dev.genstore.checks.harness.TestIdentity;
import dev.genstore.checks.tls.RawHttp2.Frame;
import dev.genstore.wire.DisconnectCause;
import dev.genstore.wire.Transport;

import io.netty.handler.codec.http2.Http2Error;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Frames that mean nothing end a connection of HTTP/2 when there are many, and cost little until then. */
@Timeout(120)
class Http2FloodsTest {
    private static final int ROUNDS = 1_000;
    private static final int ROUND_FRAMES = 100;
    private static final int UNKNOWN = 0x42;

    private final SecureServer server = new SecureServer(TestIdentity.shared());

    /** What is sent again and again; stream 1 was answered, and is gone. */
    enum Flood {
        SETTINGS(RawHttp2.SETTINGS, 0, 0, 0),
        PINGS(RawHttp2.PING, 0, 0, 8),
        ANSWERS_TO_PINGS(RawHttp2.PING, 1, 0, 8),
        WINDOWS(RawHttp2.WINDOW_UPDATE, 0, 0, 4),
        WINDOWS_OF_A_STREAM_THAT_IS_GONE(RawHttp2.WINDOW_UPDATE, 0, 1, 4),
        PRIORITIES(RawHttp2.PRIORITY, 0, 3, 5),
        RESETS_OF_A_STREAM_THAT_IS_GONE(RawHttp2.RST_STREAM, 0, 1, 4),
        WHAT_NOBODY_KNOWS(UNKNOWN, 0, 0, 4),
        WHAT_NOBODY_KNOWS_OF_A_STREAM_THAT_IS_GONE(UNKNOWN, 0, 1, 4);

        private final int type;
        private final int flags;
        private final int stream;
        private final int payloadBytes;

        Flood(int type, int flags, int stream, int payloadBytes) {
            this.type = type;
            this.flags = flags;
            this.stream = stream;
            this.payloadBytes = payloadBytes;
        }

        /** Many of them; a number in one is 1. */
        byte[] round() {
            byte[] payload = new byte[payloadBytes];
            if (payloadBytes > 0) {
                payload[payloadBytes - 1] = 1;
            }
            byte[] one = frame(type, flags, stream, payload);
            var all = new ByteArrayOutputStream();
            for (int i = 0; i < ROUND_FRAMES; i++) {
                all.writeBytes(one);
            }
            return all.toByteArray();
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_flood_ends_the_connection_and_costs_less_than_requests(Flood flood) {
        server.create();
        LoopCost before = LoopCost.now();
        requests();
        LoopCost requests = LoopCost.now().since(before);
        try (RawHttp2 client = RawHttp2.open(server)) {
            client.get(1, "/api/notes");
            client.next(RawHttp2.DATA);
            byte[] round = flood.round();
            before = LoopCost.now();
            for (int i = 0; i < ROUNDS && !client.isCut(); i++) {
                client.tryWrite(round);
            }
            await().atMost(SecureServer.PATIENCE).until(() -> server.open(Transport.HTTP) == 0);
            LoopCost cost = LoopCost.now().since(before);
            assertThat(cost.nanos()).isLessThan(requests.nanos());
            assertThat(cost.bytes()).isLessThan(requests.bytes());
        }
        server.awaitEnding(DisconnectCause.LIMIT);
    }

    /** A thousand, one after another. */
    private void requests() {
        try (RawHttp2 client = RawHttp2.open(server)) {
            client.send(RawHttp2.WINDOW_UPDATE, 0, 0, (byte) 1, (byte) 0, (byte) 0, (byte) 0);
            for (int i = 0; i < ROUNDS; i++) {
                client.get(2 * i + 1, "/api/notes");
                client.next(RawHttp2.DATA);
            }
        }
    }

    @Test
    void requests_that_are_reset_at_once_cost_less_than_those_that_are_not() {
        server.create();
        LoopCost before = LoopCost.now();
        requests();
        LoopCost requests = LoopCost.now().since(before);
        try (RawHttp2 client = RawHttp2.open(server)) {
            before = LoopCost.now();
            for (int i = 0; i < ROUNDS && !client.isCut(); i++) {
                int stream = 2 * i + 1;
                client.tryWrite(frame(
                        RawHttp2.HEADERS, END_HEADERS | END_STREAM, stream, head("GET", "/api")));
                client.tryWrite(
                        frame(RawHttp2.RST_STREAM, 0, stream, Http2Test.number(Http2Error.CANCEL)));
            }
            await().atMost(SecureServer.PATIENCE).until(() -> server.open(Transport.HTTP) == 0);
            assertThat(LoopCost.now().since(before).nanos()).isLessThan(requests.nanos());
        }
        server.awaitEnding(DisconnectCause.LIMIT);
    }

    /** As many clients do: two windows for each frame, of the stream and of the connection. */
    @Test
    void who_opens_windows_for_what_he_is_sent_goes_on() {
        server.create("large", 3_000_000);
        int windows = 0;
        try (RawHttp2 client = RawHttp2.open(server)) {
            for (int stream = 1; windows < 4 * ROUNDS; stream += 2) {
                client.get(stream, "/api/large");
                windows += readAll(client);
            }
            assertThat(client.isCut()).isFalse();
        }
    }

    /** Reads one answer; how many windows that took. */
    private static int readAll(RawHttp2 client) {
        int windows = 0;
        for (Frame frame = client.next(RawHttp2.DATA);
                !frame.isLast();
                frame = client.next(RawHttp2.DATA)) {
            byte[] length =
                    ByteBuffer.allocate(4).putInt(frame.payload().capacity()).array();
            client.send(RawHttp2.WINDOW_UPDATE, 0, 0, length);
            client.send(RawHttp2.WINDOW_UPDATE, 0, frame.stream(), length);
            windows += 2;
        }
        return windows;
    }
}
