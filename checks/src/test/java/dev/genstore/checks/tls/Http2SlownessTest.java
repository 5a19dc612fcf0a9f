package dev.genstore.checks.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.auth.ApiKeys;
import dev.genstore.checks.harness.Settings;
import dev.genstore.checks.harness.TestIdentity;
import dev.genstore.checks.tls.RawHttp2.Frame;
import dev.genstore.wire.DisconnectCause;
import dev.genstore.wire.Entrance;
import dev.genstore.wire.WireSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Who takes his answers slowly, or is a stranger for long, has a connection of HTTP/2 no longer for it. */
@Timeout(60)
class Http2SlownessTest {
    private static final int PIECE_BYTES = 4 << 10;
    private static final Set<Integer> WATCHES = Set.of(1, 3, 5);
    private static final int ANSWER = 7;

    private final SecureServer server = new SecureServer(settings(), TestIdentity.shared());

    private static WireSettings settings() {
        return Settings.defaults()
                .stallTimeout(Duration.ofSeconds(2))
                .shortRequests()
                .entrance(Entrance.DEFAULT)
                .make()
                .withSender(null);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** In time for the next piece each time, but all too slowly. */
    @Test
    void an_answer_that_is_let_in_piece_by_piece_is_cut_and_the_next_one_is_sent() {
        server.create("large", 500_000);
        server.create("notes", 1);
        try (RawHttp2 client = RawHttp2.open(server)) {
            client.get(1, "/api/large");
            int window = 65_535;
            while (window > 0) {
                window -= client.next(RawHttp2.DATA).payload().capacity();
            }
            await().atMost(SecureServer.PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1_700))
                    .until(() -> {
                        client.send(RawHttp2.WINDOW_UPDATE, 0, 0, number(PIECE_BYTES));
                        client.send(RawHttp2.WINDOW_UPDATE, 0, 1, number(PIECE_BYTES));
                        return isReset(client, 1);
                    });
            server.awaitEndings(DisconnectCause.STALLED);
            client.send(RawHttp2.WINDOW_UPDATE, 0, 0, number(1 << 20));
            client.get(3, "/api/notes");
            assertThat(client.next(RawHttp2.DATA).stream()).isEqualTo(3);
        }
    }

    /** They take theirs twice as often, so that they are never cut and always have more to take. */
    @Test
    void watches_that_have_much_to_take_do_not_lower_the_least_that_is_taken_of_an_answer() {
        server.create("large", 500_000);
        try (RawHttp2 client = RawHttp2.open(server, 0)) {
            client.send(RawHttp2.WINDOW_UPDATE, 0, 0, number(1 << 24));
            for (int watch : WATCHES.stream().sorted().toList()) {
                client.get(watch, "/api/large?since=0", "accept", "text/event-stream");
            }
            client.get(ANSWER, "/api/large");
            var rounds = new AtomicInteger();
            await().atMost(SecureServer.PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(850))
                    .until(() -> {
                        WATCHES.forEach(watch -> letIn(client, watch));
                        return rounds.getAndIncrement() % 2 == 0 && isCut(client);
                    });
            server.awaitEnding(DisconnectCause.STALLED);
        }
    }

    private static boolean isCut(RawHttp2 client) {
        letIn(client, ANSWER);
        return isReset(client, ANSWER);
    }

    private static void letIn(RawHttp2 client, int stream) {
        client.send(RawHttp2.WINDOW_UPDATE, 0, stream, number(PIECE_BYTES));
    }

    /** Reads what the window let through of a stream, or that no more comes. */
    private static boolean isReset(RawHttp2 client, int stream) {
        int left = PIECE_BYTES;
        while (left > 0) {
            Frame frame = client.next(each -> each.stream() == stream);
            if (frame.type() == RawHttp2.RST_STREAM) {
                return true;
            }
            left -= frame.type() == RawHttp2.DATA ? frame.payload().capacity() : 0;
        }
        return false;
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    @Test
    void who_is_not_let_in_is_told_goodbye_whatever_he_asks() throws IOException {
        lock();
        try (RawHttp2 client = RawHttp2.open(server)) {
            var stream = new AtomicInteger(1);
            await().atMost(SecureServer.PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        client.get(stream.getAndAdd(2), "/api/notes");
                        Frame answer = client.next(frame -> frame.type() == RawHttp2.HEADERS
                                || frame.type() == RawHttp2.GOAWAY);
                        return answer.type() == RawHttp2.GOAWAY;
                    });
            assertThat(stream.get()).isGreaterThan(3);
        }
        server.awaitEnding(DisconnectCause.IDLE);
    }

    @Test
    void who_is_let_in_may_stay() throws IOException {
        String key = lock();
        try (RawHttp2 client = RawHttp2.open(server)) {
            client.get(1, "/api/notes", "authorization", "Bearer " + key);
            assertThat(client.status()).isEqualTo("200");
            var stream = new AtomicInteger(3);
            await().during(Duration.ofSeconds(2))
                    .atMost(SecureServer.PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        client.get(stream.getAndAdd(2), "/api/notes");
                        return client.status().equals("401");
                    });
            client.get(stream.get(), "/api/notes", "authorization", "Bearer " + key);
            assertThat(client.status()).isEqualTo("200");
        }
    }

    /** From now on one must say who one is. */
    private String lock() throws IOException {
        String key = ApiKeys.in(server.folder().resolve("data"), InstantSource.system())
                .create("good", Set.of("admin"), Duration.ofDays(1))
                .text();
        try (RawHttp2 client = RawHttp2.open(server)) {
            var stream = new AtomicInteger(1);
            await().atMost(SecureServer.PATIENCE).until(() -> {
                client.get(stream.getAndAdd(2), "/api/notes");
                return client.status().equals("401");
            });
        }
        return key;
    }
}
