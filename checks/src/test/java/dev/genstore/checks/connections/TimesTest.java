package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.checks.connections.RawWebSocket.Frame;
import dev.genstore.wire.DisconnectCause;
import dev.genstore.wire.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;

/** What takes too long is cut, and only that. */
class TimesTest {
    private static final int MEGABYTE = 1_000_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "G",
                "GET /api HTTP/1.1\r\nHost: he",
                "POST /api/notes HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\n{}"
            })
    void a_request_that_does_not_come_whole_is_answered_408(String part) {
        try (var server = CountedServer.start(folder, Settings.defaults().shortRequests());
                RawConnection peer = server.connect().send(part)) {
            Answer answer = peer.answer();
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.isLast()).isTrue();
            assertThat(peer.endsInOrder()).isTrue();
            peer.hangUp();
            server.awaitEnding(Transport.HTTP, DisconnectCause.REQUEST_TIMEOUT);
        }
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

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /api HTTP/1.1\r\nHost: here\r\n\r\n"})
    void a_connection_on_which_nothing_is_asked_is_closed(String before) {
        try (var server = CountedServer.start(folder, Settings.defaults().shortIdleness());
                RawConnection peer = server.connect().send(before)) {
            if (!before.isEmpty()) {
                assertThat(peer.answer().isLast()).isFalse();
            }
            assertThat(peer.isAtEnd()).isTrue();
            server.awaitEnding(Transport.HTTP, DisconnectCause.IDLE);
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

    @ParameterizedTest
    @EnumSource(names = {"WEBSOCKET", "SSE", "NDJSON"})
    void a_watcher_that_takes_no_bytes_is_gone(Transport transport) {
        try (var server = CountedServer.start(folder, Settings.defaults().shortStalls());
                RawConnection peer = server.connectNarrow()) {
            peer.send(Asking.request(transport));
            server.awaitConnected(transport, 1);
            fill(server);
            server.awaitEnding(transport, DisconnectCause.STALLED);
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
        for (int i = 0; i < 5; i++) {
            server.create("notes", MEGABYTE);
        }
    }
}
