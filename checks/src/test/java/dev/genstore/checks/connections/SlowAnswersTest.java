package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.checks.connections.RecordingMeter.Ending;
import dev.genstore.checks.harness.Settings;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.wire.DisconnectCause;
import dev.genstore.wire.Transport;
import dev.genstore.wire.proxy.AddressRange;
import dev.genstore.wire.proxy.Telling;
import dev.genstore.wire.proxy.TrustedProxies;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Who takes his answers slowly harms nobody else. */
@Timeout(120)
class SlowAnswersTest {
    private static final String SLOW = "192.0.2.7";
    private static final String OTHER = "192.0.2.8";
    private static final int BODY_BYTES = 1_000_000;
    private static final int LIST_BYTES = 4_000_000;
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    private Path folder;

    /** Where it is known of each request for whom it is made; there is room for four lists. */
    private CountedServer start(Settings settings) {
        var proxies = new TrustedProxies(
                Set.of(AddressRange.parse("127.0.0.1").orElseThrow()), Telling.X_FORWARDED);
        CountedServer server = CountedServer.start(
                folder,
                settings.heldBytesMax(20 * MEBIBYTE)
                        .entrance(TestServer.ENTRANCE.withProxies(proxies)));
        server.create("large", 6, BODY_BYTES);
        return server;
    }

    private static String reading(String address) {
        return Asking.head("GET /api/large HTTP/1.1", "X-Forwarded-For: " + address);
    }

    @Test
    void many_who_do_not_read_leave_room_for_the_answers_of_another_client() {
        try (var server = start(Settings.defaults())) {
            List<RawConnection> slow =
                    Stream.generate(server::connectNarrow).limit(8).toList();
            slow.forEach(peer -> peer.send(reading(SLOW)));
            server.awaitHeld(held -> held > LIST_BYTES);
            readsAList(server);
            slow.forEach(SlowAnswersTest::awaitAnswer);
            assertThat(statuses(slow)).containsOnly(200, 503).containsOnlyOnce(200);
            slow.forEach(RawConnection::hangUp);
            server.awaitNothingHeld();
        }
    }

    /** Each has been decided when the first one is read, which makes room again. */
    private static void awaitAnswer(RawConnection peer) {
        await().atMost(CountedServer.PATIENCE).until(() -> !peer.isSilentFor(Duration.ofMillis(1)));
    }

    private static List<Integer> statuses(List<RawConnection> peers) {
        return peers.stream().map(peer -> peer.answer().status()).toList();
    }

    private static void readsAList(CountedServer server) {
        try (RawConnection friend = server.connect()) {
            Answer answer = friend.send(reading(OTHER)).answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).hasSizeGreaterThan(LIST_BYTES);
        }
    }

    @Test
    void who_takes_a_kib_now_and_then_is_cut_and_others_are_served_meanwhile() {
        try (var server = start(Settings.defaults().shortStalls())) {
            List<RawConnection> slow =
                    Stream.generate(server::connectNarrow).limit(4).toList();
            slow.forEach(peer -> peer.send(reading(SLOW)));
            server.awaitHeld(held -> held > LIST_BYTES);
            await().atMost(CountedServer.PATIENCE)
                    .pollInterval(Duration.ofMillis(900))
                    .until(() -> {
                        slow.forEach(SlowAnswersTest::takeALittle);
                        readsAList(server);
                        return server.meter()
                                .endings()
                                .contains(new Ending(Transport.HTTP, DisconnectCause.STALLED));
                    });
            server.awaitNothingHeld();
            slow.forEach(RawConnection::hangUp);
        }
    }

    /** What there is of a KiB; who was refused has read all, and waits for nothing. */
    private static void takeALittle(RawConnection peer) {
        if (!peer.isSilentFor(Duration.ofMillis(1))) {
            peer.some(1 << 10);
        }
    }
}
