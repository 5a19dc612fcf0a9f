package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Settings;
import dev.genstore.wire.DisconnectCause;
import dev.genstore.wire.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** Whatever ends a connection, it leaves every table and is counted once, by its cause. */
class EndingsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void a_peer_that_closes_leaves_every_table(Transport transport) {
        try (var server = CountedServer.start(folder, Settings.defaults())) {
            Asking.with(server, transport).hangUp();
            server.awaitEnding(transport, DisconnectCause.CLIENT_CLOSED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_peer_that_resets_leaves_every_table(Transport transport) {
        try (var server = CountedServer.start(folder, Settings.defaults())) {
            Asking.with(server, transport).reset();
            server.awaitEnding(transport, DisconnectCause.CONNECTION_LOST);
        }
    }

    @Test
    void a_peer_that_resets_while_frames_wait_for_it_is_lost_and_did_not_close() {
        try (var server = CountedServer.start(folder, Settings.defaults());
                Watching peer = Watching.begin(server.connectNarrow(), Transport.NDJSON)) {
            server.create("notes", 4, 1_000_000);
            peer.reset();
            server.awaitEnding(Transport.NDJSON, DisconnectCause.CONNECTION_LOST);
        }
    }

    @Test
    void a_close_by_the_peer_is_echoed() {
        try (var server = CountedServer.start(folder, Settings.defaults());
                RawWebSocket peer = server.watch("/api/notes")) {
            peer.send(RawWebSocket.maskedClose(3999));
            assertThat(peer.frameBesides(RawWebSocket.TEXT).closeCode()).isEqualTo(3999);
            assertThat(peer.connection().endsInOrder()).isTrue();
            server.awaitEnding(Transport.WEBSOCKET, DisconnectCause.CLIENT_CLOSED);
        }
    }

    @Test
    void a_peer_that_is_silent_behind_a_ping_is_gone() {
        try (var server = CountedServer.start(folder, Settings.defaults().shortPings());
                RawWebSocket peer = server.watch("/api/notes")) {
            assertThat(peer.frameBesides(RawWebSocket.TEXT).firstByte())
                    .isEqualTo(RawWebSocket.PING);
            assertThat(peer.connection().isAtEnd()).isTrue();
            server.awaitEnding(Transport.WEBSOCKET, DisconnectCause.SILENT);
        }
    }

    @Test
    void a_peer_that_answers_pings_stays() {
        try (var server = CountedServer.start(folder, Settings.defaults().shortPings());
                RawWebSocket peer = server.watch("/api/notes")) {
            for (int i = 0; i < 3; i++) {
                RawWebSocket.Frame ping = peer.frameBesides(RawWebSocket.TEXT);
                assertThat(ping.firstByte()).isEqualTo(RawWebSocket.PING);
                peer.send(RawWebSocket.masked(RawWebSocket.PONG, ping.payload()));
            }
            server.create("notes", 1);
            assertThat(peer.event().type()).isEqualTo("created");
        }
    }

    @ParameterizedTest(name = "{1} {2}")
    @MethodSource("violations")
    void a_peer_that_breaks_a_rule_is_told_which(
            byte[] bytes, int closeCode, DisconnectCause cause) {
        try (var server = CountedServer.start(folder, Settings.defaults());
                RawWebSocket peer = server.watch("/api/notes")) {
            peer.send(bytes);
            RawWebSocket.Frame close = peer.frameBesides(RawWebSocket.TEXT);
            assertThat(close.closeCode()).isEqualTo(closeCode);
            assertThat(close.closeReason()).isNotBlank();
            peer.send(RawWebSocket.maskedClose(closeCode));
            assertThat(peer.connection().endsInOrder()).isTrue();
            peer.hangUp();
            server.awaitEnding(Transport.WEBSOCKET, cause);
        }
    }

    static List<Arguments> violations() {
        return List.of(
                violation(new byte[] {(byte) 0x81, 0}, 1002, DisconnectCause.PROTOCOL_ERROR),
                violation(
                        RawWebSocket.masked(0xC1, "reserved bit"),
                        1002,
                        DisconnectCause.PROTOCOL_ERROR),
                violation(
                        RawWebSocket.masked(RawWebSocket.TEXT, new byte[] {(byte) 0xFF}),
                        1007,
                        DisconnectCause.PROTOCOL_ERROR),
                violation(
                        RawWebSocket.masked(RawWebSocket.BINARY, "bytes"),
                        1003,
                        DisconnectCause.PROTOCOL_ERROR),
                violation(
                        ByteBuffer.wrap(new byte[10])
                                .put((byte) 0x81)
                                .put((byte) 0xFF)
                                .putLong((64 << 10) + 1)
                                .array(),
                        1009,
                        DisconnectCause.LIMIT));
    }

    private static Arguments violation(byte[] bytes, int closeCode, DisconnectCause cause) {
        return Arguments.of(bytes, closeCode, cause);
    }

    @Test
    void a_peer_that_does_not_read_its_answers_is_told_so() {
        try (var server = CountedServer.start(folder, Settings.defaults());
                RawWebSocket peer = server.watch("/api/notes")) {
            assertThat(peer.event().type()).isEqualTo("synced");
            byte[] ping = RawWebSocket.masked(RawWebSocket.PING, "x".repeat(125));
            while (server.store().feedCount() > 0) {
                peer.send(ping);
            }
            assertThat(peer.frameBesides(RawWebSocket.PONG).closeCode()).isEqualTo(1008);
            peer.hangUp();
            server.awaitEnding(Transport.WEBSOCKET, DisconnectCause.LIMIT);
        }
    }

    @Test
    void one_connection_too_many_is_refused_and_the_others_go_on() {
        try (var server = CountedServer.start(folder, Settings.defaults().connectionsMax(1));
                RawConnection first = Asking.with(server, Transport.HTTP);
                RawConnection second = server.connect()) {
            assertThat(second.isAtEnd()).isTrue();
            assertThat(first.send(Asking.request(Transport.HTTP)).answer().status())
                    .isEqualTo(200);
            server.awaitRefusal();
            first.hangUp();
            server.awaitConnected(Transport.HTTP, 0);
            Asking.with(server, Transport.HTTP).hangUp();
        }
    }

    @Test
    void a_connection_ends_with_the_answer_that_says_so() {
        try (var server = CountedServer.start(folder, Settings.defaults());
                RawConnection peer = server.connect()) {
            peer.send(Asking.head("GET /api HTTP/1.1", "Connection: close"));
            assertThat(peer.answer().isLast()).isTrue();
            assertThat(peer.endsInOrder()).isTrue();
            peer.hangUp();
            server.awaitEnding(Transport.HTTP, DisconnectCause.ANSWERED);
        }
    }

    @Test
    void one_that_sends_on_behind_the_last_answer_is_closed_all_the_same() {
        try (var server = CountedServer.start(folder, Settings.defaults());
                RawConnection peer = server.connect()) {
            peer.send(Asking.head("GET /api HTTP/1.1", "Connection: close"));
            assertThat(peer.answer().isLast()).isTrue();
            peer.send("more");
            server.awaitEnding(Transport.HTTP, DisconnectCause.ANSWERED);
        }
    }
}
