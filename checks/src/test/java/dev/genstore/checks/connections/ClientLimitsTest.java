package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.auth.ApiKeys;
import dev.genstore.checks.harness.Settings;
import dev.genstore.store.CommitMeter;
import dev.genstore.wire.DisconnectCause;
import dev.genstore.wire.Transport;
import dev.genstore.wire.rates.ClientLimits;
import dev.genstore.wire.rates.Refusal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One client can't have everything; the limits of these servers hold on this machine, too. */
class ClientLimitsTest {
    private static final int MANY = 1_000_000;

    private static final Pattern WRITES_LEFT = Pattern.compile("\"writes\";r=([0-9]+)");
    private static final String READ = Asking.head("GET /api/notes HTTP/1.1");

    @TempDir
    private Path folder;

    private CountedServer start(ClientLimits limits) {
        return CountedServer.start(folder, Settings.defaults().clients(limits));
    }

    private static ClientLimits requests(int perSecond) {
        return new ClientLimits(MANY, MANY, perSecond, MANY, true);
    }

    @Test
    void who_asks_too_often_is_told_when_to_come_again() {
        try (var server = start(requests(5));
                RawConnection peer = server.connect()) {
            Answer answer = peer.send(READ).answer();
            assertThat(answer.header("RateLimit-Policy")).contains("\"requests\";q=50;w=10");
            assertThat(answer.header("RateLimit")).isEqualTo("\"requests\";r=49;t=1");
            while (answer.status() == 200) {
                answer = peer.send(READ).answer();
            }
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.body()).contains("/problems/too-many-requests");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
            assertThat(answer.header("RateLimit")).isEqualTo("\"requests\";r=0;t=10");
            assertThat(answer.isLast()).isFalse();
            assertThat(server.meter().refusals(Refusal.REQUESTS)).isPositive();
            await().until(() -> peer.send(READ).answer().status() == 200);
        }
    }

    @Test
    void a_write_counts_by_its_length() {
        try (var server = start(new ClientLimits(MANY, MANY, MANY, 1, true));
                RawConnection peer = server.connect()) {
            Answer first = peer.send(creating(9 << 10)).answer();
            assertThat(first.status()).isEqualTo(201);
            assertThat(first.header("RateLimit")).contains("\"writes\";r=0;t=10");
            Answer second = peer.send(creating(9 << 10)).answer();
            assertThat(second.status()).isEqualTo(429);
            assertThat(second.header("Retry-After")).matches("[0-9]+");
            assertThat(server.meter().refusals(Refusal.WRITES)).isEqualTo(1);
            assertThat(peer.send(READ).answer().status()).isEqualTo(200);
        }
    }

    @Test
    void a_short_patch_of_a_heavy_resource_is_paid_for_by_the_next_writes() {
        try (var server = start(new ClientLimits(MANY, MANY, MANY, 10, true));
                RawConnection peer = server.connect()) {
            server.replace("notes", "1", 200 << 10, 1);
            assertThat(peer.send(shortPatch()).answer().status()).isEqualTo(200);
            Answer refused = peer.send(shortPatch()).answer();
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("RateLimit")).startsWith("\"writes\";r=0;");
        }
    }

    private static String shortPatch() {
        String change = "{\"number\":7}";
        return Asking.head(
                        "PATCH /api/notes/1 HTTP/1.1",
                        "Content-Type: application/merge-patch+json",
                        "Content-Length: " + change.length())
                + change;
    }

    @Test
    void who_hangs_up_pays_for_what_is_written_for_him_all_the_same() {
        var commits = new HeldCommits();
        var meter = new RecordingMeter();
        var limits = Settings.defaults().clients(new ClientLimits(MANY, MANY, MANY, 10, true));
        try (var server =
                CountedServer.start(folder, limits, builder -> builder.meters(commits, meter))) {
            server.replace("notes", "1", 200 << 10, 1);
            commits.hold();
            RawConnection peer = server.connect().send(shortPatch());
            commits.awaitCommit();
            peer.reset();
            await().atMost(CountedServer.PATIENCE).until(() -> !meter.endings().isEmpty());
            commits.release();
            try (RawConnection next = server.connect()) {
                await().atMost(CountedServer.PATIENCE)
                        .until(() -> writesLeft(next.send(creating(11)).answer()) < 50);
            }
        }
    }

    /** Keeps commits from being answered. */
    private static final class HeldCommits implements CommitMeter {
        private final Semaphore held = new Semaphore(0);
        private final Semaphore gate = new Semaphore(1);

        void hold() {
            gate.acquireUninterruptibly();
        }

        void awaitCommit() {
            held.acquireUninterruptibly();
        }

        void release() {
            gate.release();
        }

        @Override
        public void committed(int changes, long nanos) {
            if (!gate.tryAcquire()) {
                held.release();
                gate.acquireUninterruptibly();
            }
            gate.release();
        }
    }

    /** Of a hundred that may be saved up. */
    private static int writesLeft(Answer answer) {
        Matcher told = WRITES_LEFT.matcher(answer.header("RateLimit"));
        return told.find() ? Integer.parseInt(told.group(1)) : 0;
    }

    private static String creating(int bytes) {
        String body = "{\"text\":\"" + "x".repeat(bytes - 11) + "\"}";
        return Asking.head(
                        "POST /api/notes HTTP/1.1",
                        "Content-Type: application/json",
                        "Content-Length: " + body.length())
                + body;
    }

    @Test
    void what_is_looked_through_is_paid_for_by_the_next_requests_of_the_same_client() {
        try (var server = start(requests(1));
                RawConnection peer = server.connect();
                RawConnection other = server.connectFrom("127.0.0.2")) {
            server.create("notes", 1_500, 1);
            Answer sorted = peer.send(Asking.head("GET /api/notes?sort=number HTTP/1.1"))
                    .answer();
            assertThat(sorted.status()).isEqualTo(200);
            assertThat(sorted.header("Genstore-Scanned")).isEqualTo("1500");
            assertThat(sorted.header("RateLimit")).isEqualTo("\"requests\";r=9;t=1");
            Answer refused = peer.send(READ).answer();
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("RateLimit")).startsWith("\"requests\";r=0;");
            assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
            assertThat(other.send(READ).answer().status()).isEqualTo(200);
            await().atMost(CountedServer.PATIENCE)
                    .until(() -> peer.send(READ).answer().status() == 200);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WEBSOCKET", "SSE", "NDJSON"})
    void one_watch_too_many_is_answered_429_until_another_one_ends(Transport transport) {
        try (var server = start(new ClientLimits(MANY, 1, MANY, MANY, true));
                RawConnection first = Asking.with(server, transport);
                RawConnection second = server.connect()) {
            Answer refused = second.send(Asking.request(transport)).answer();
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.body()).contains("has 1 watches already");
            assertThat(server.meter().refusals(Refusal.WATCHES)).isEqualTo(1);
            first.hangUp();
            server.awaitConnected(transport, 0);
            second.send(Asking.request(transport));
            server.awaitConnected(transport, 1);
        }
    }

    @Test
    void what_a_socket_is_commanded_counts_as_well() {
        try (var server = start(new ClientLimits(MANY, 2, MANY, MANY, true));
                var socket = CommandedSocket.open(server.connect())) {
            socket.watch("/api/a");
            assertThat(socket.problem(CommandedSocket.watching("/api/b")))
                    .isEqualTo("too-many-requests");
            socket.unwatch("/api/a");
            socket.watch("/api/b");
        }
    }

    @Test
    void watches_that_come_and_go_too_fast_are_refused() {
        try (var server = start(requests(5));
                var socket = CommandedSocket.open(server.connect())) {
            await().pollInterval(Duration.ofMillis(10)).until(() -> isRefused(socket));
            assertThat(server.meter().refusals(Refusal.WATCHES)).isPositive();
        }
    }

    private static boolean isRefused(CommandedSocket socket) {
        boolean isRefused =
                socket.send(CommandedSocket.watching("/api/a")).answer().has("problem");
        if (!isRefused) {
            socket.unwatch("/api/a");
        }
        return isRefused;
    }

    @Test
    void one_connection_too_many_of_an_address_is_closed() {
        try (var server = start(new ClientLimits(1, MANY, MANY, MANY, true));
                RawConnection first = Asking.with(server, Transport.HTTP);
                RawConnection second = server.connect()) {
            assertThat(second.isAtEnd()).isTrue();
            server.awaitRefusal();
            assertThat(server.meter().refusals(Refusal.CONNECTIONS)).isEqualTo(1);
            assertThat(first.send(READ).answer().status()).isEqualTo(200);
            first.hangUp();
            server.awaitConnected(Transport.HTTP, 0);
            Asking.with(server, Transport.HTTP).hangUp();
        }
    }

    @Test
    void whoever_guesses_is_refused_and_who_has_a_good_key_is_not() throws IOException {
        String key = ApiKeys.in(folder, InstantSource.system())
                .create("good", Set.of("admin"), Duration.ofDays(1))
                .text();
        try (var server = start(requests(MANY));
                RawConnection peer = server.connect()) {
            Answer answer = peer.send(reading("guessed")).answer();
            assertThat(answer.status()).isEqualTo(401);
            while (answer.status() == 401) {
                answer = peer.send(reading("guessed")).answer();
            }
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.header("Retry-After")).isEqualTo("1");
            assertThat(server.meter().refusals(Refusal.CREDENTIALS)).isPositive();
            assertThat(peer.send(reading(key)).answer().status()).isEqualTo(200);
        }
    }

    private static String reading(String token) {
        return Asking.head("GET /api/notes HTTP/1.1", "Authorization: Bearer " + token);
    }

    @Test
    void a_flood_of_messages_is_closed_and_others_are_served() {
        try (var server = CountedServer.start(folder, Settings.defaults());
                RawWebSocket peer = server.watch("/api/notes")) {
            byte[] ping = RawWebSocket.masked(RawWebSocket.PING, "p");
            Thread flood = Thread.startVirtualThread(() -> {
                while (server.meter().refusals(Refusal.MESSAGES) == 0) {
                    peer.send(ping);
                }
            });
            RawWebSocket.Frame close = peer.frameBesides(RawWebSocket.TEXT, RawWebSocket.PONG);
            assertThat(close.closeCode()).isEqualTo(1008);
            await().until(() -> !flood.isAlive());
            peer.hangUp();
            server.awaitEnding(Transport.WEBSOCKET, DisconnectCause.LIMIT);
            Asking.with(server, Transport.HTTP).hangUp();
        }
    }

    @Test
    void who_was_not_let_in_has_no_longer_than_for_a_request() {
        try (var server = CountedServer.start(folder, Settings.defaults().shortRequests());
                RawConnection silent = server.connect();
                RawConnection known = server.connect().send(READ)) {
            assertThat(known.answer().status()).isEqualTo(200);
            assertThat(silent.isAtEnd()).isTrue();
            assertThat(known.isSilentFor(Duration.ofSeconds(2))).isTrue();
            assertThat(known.send(READ).answer().status()).isEqualTo(200);
        }
    }

    @Test
    void on_the_own_machine_nothing_is_limited_by_default() {
        try (var server = CountedServer.start(folder, Settings.defaults());
                RawConnection peer = server.connect()) {
            Answer answer = peer.send(READ).answer();
            assertThat(answer.header("RateLimit")).isEmpty();
            assertThat(answer.header("RateLimit-Policy")).isEmpty();
        }
    }
}
