package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.checks.connections.RawWebSocket.Frame;
import dev.genstore.checks.connections.RecordingMeter.Ending;
import dev.genstore.checks.harness.Settings;
import dev.genstore.wire.DisconnectCause;
import dev.genstore.wire.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What takes too long is cut, and only that. */
class TimesTest {
    private static final int MEGABYTE = 1_000_000;

    @TempDir
    private Path folder;

    @Test
    void requests_that_do_not_come_whole_are_answered_408() {
        try (var server = CountedServer.start(folder, Settings.defaults().shortRequests());
                RawConnection begun = server.connect().send("G");
                RawConnection inHead = server.connect().send("GET /api HTTP/1.1\r\nHost: he");
                RawConnection inBody = server.connect().send(halfABody())) {
            for (RawConnection peer : List.of(begun, inHead, inBody)) {
                Answer answer = peer.answer();
                assertThat(answer.status()).isEqualTo(408);
                assertThat(answer.isLast()).isTrue();
                assertThat(peer.endsInOrder()).isTrue();
                peer.hangUp();
            }
            var cut = new Ending(Transport.HTTP, DisconnectCause.REQUEST_TIMEOUT);
            server.awaitEndings(cut, cut, cut);
        }
    }

    private static String halfABody() {
        return Asking.head("POST /api/notes HTTP/1.1", "Content-Length: 9") + "{}";
    }

    @Test
    void a_request_that_comes_byte_by_byte_has_no_more_time() {
        try (var server = CountedServer.start(folder, Settings.defaults().shortRequests());
                RawConnection peer = server.connect().send("GET /api HTTP/1.1\r\nX: ")) {
            while (peer.isSilentFor(Duration.ofMillis(100))) {
                peer.send("x");
            }
            assertThat(peer.answer().status()).isEqualTo(408);
        }
    }

    @Test
    void connections_on_which_nothing_is_asked_are_closed() {
        try (var server = CountedServer.start(folder, Settings.defaults().shortIdleness());
                RawConnection never = server.connect();
                RawConnection noMore = server.connect().send(Asking.request(Transport.HTTP))) {
            assertThat(noMore.answer().isLast()).isFalse();
            assertThat(never.isAtEnd()).isTrue();
            assertThat(noMore.isAtEnd()).isTrue();
            var idle = new Ending(Transport.HTTP, DisconnectCause.IDLE);
            server.awaitEndings(idle, idle);
        }
    }

    @Test
    void waiting_for_a_change_is_neither_idle_nor_slow() {
        Settings quick = Settings.defaults().shortIdleness().shortRequests().shortStalls();
        try (var server = CountedServer.start(folder, quick);
                RawConnection peer = server.connect()) {
            peer.send(Asking.head(
                    "GET /api/notes HTTP/1.1",
                    "Accept: application/cloudevents-batch+json",
                    "Prefer: wait=2"));
            assertThat(peer.answer().body()).isEqualTo("[]");
        }
    }

    @Test
    void a_websocket_that_takes_no_bytes_is_told_1013() {
        try (var server = CountedServer.start(folder, Settings.defaults().shortStalls());
                RawWebSocket peer = RawWebSocket.open(server.connectNarrow(), "/api/notes")) {
            assertThat(peer.event().type()).isEqualTo("synced");
            fill(server);
            await().pollInterval(Duration.ofMillis(10))
                    .atMost(CountedServer.PATIENCE)
                    .until(() -> server.store().feedCount() == 0);
            Frame last = peer.frameBesides(RawWebSocket.TEXT, RawWebSocket.PING);
            assertThat(last.closeCode()).isEqualTo(1013);
            peer.hangUp();
            server.awaitEnding(Transport.WEBSOCKET, DisconnectCause.STALLED);
        }
    }

    @Test
    void watchers_that_take_no_bytes_are_gone() {
        try (var server = CountedServer.start(folder, Settings.defaults().shortStalls());
                Crowd stalled = Crowd.of(
                        server, Stream.of(Transport.WEBSOCKET, Transport.SSE, Transport.NDJSON))) {
            fill(server);
            server.awaitEndings(
                    new Ending(Transport.WEBSOCKET, DisconnectCause.STALLED),
                    new Ending(Transport.SSE, DisconnectCause.STALLED),
                    new Ending(Transport.NDJSON, DisconnectCause.STALLED));
            stalled.hangUp();
        }
    }

    /** The kernel, too, has a time for peers that take nothing, which is about those that are gone. */
    @Test
    void a_watcher_may_stall_for_longer_than_a_peer_may_be_gone() {
        Settings settings = Settings.defaults().shortPings().stallTimeout(Duration.ofSeconds(5));
        try (var server = CountedServer.start(folder, settings);
                Crowd stalled = Crowd.of(server, Stream.of(Transport.SSE))) {
            fill(server);
            server.awaitEnding(Transport.SSE, DisconnectCause.STALLED);
            stalled.hangUp();
        }
    }

    @Test
    void a_client_that_does_not_read_its_answer_is_gone() {
        try (var server = CountedServer.start(folder, Settings.defaults().shortStalls());
                RawConnection peer = server.connectNarrow()) {
            fill(server);
            peer.send(Asking.request(Transport.HTTP));
            server.awaitEnding(Transport.HTTP, DisconnectCause.STALLED);
        }
    }

    /** More than the kernel keeps for a peer. */
    private static void fill(CountedServer server) {
        server.create("notes", 5, MEGABYTE);
    }
}
