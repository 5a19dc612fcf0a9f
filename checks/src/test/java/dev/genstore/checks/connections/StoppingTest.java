package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.genstore.checks.connections.RawWebSocket.Frame;
import dev.genstore.checks.connections.RecordingMeter.Ending;
import dev.genstore.checks.harness.Settings;
import dev.genstore.router.Method;
import dev.genstore.router.Reply;
import dev.genstore.store.Resources;
import dev.genstore.wire.DisconnectCause;
import dev.genstore.wire.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A server that stops says goodbye in the way of each connection. */
class StoppingTest {
    @TempDir
    private Path folder;

    @Test
    void a_websocket_is_told_1001_and_when_to_come_back() {
        try (var server = CountedServer.start(folder, Settings.defaults());
                RawWebSocket peer = server.watch("/api/notes")) {
            Thread stop = Thread.startVirtualThread(server::stop);
            Frame close = peer.frameBesides(RawWebSocket.TEXT);
            assertThat(close.closeCode()).isEqualTo(1001);
            assertThat(close.closeReason()).matches("retry-after=[0-9]{3,4}");
            peer.send(RawWebSocket.maskedClose(1001));
            assertThat(peer.connection().endsInOrder()).isTrue();
            assertEnding(server, stop, Transport.WEBSOCKET);
        }
    }

    @Test
    void event_streams_end_with_their_last_chunk() {
        try (var server = CountedServer.start(folder, Settings.defaults());
                RawConnection peer = Asking.with(server, Transport.SSE)) {
            Thread stop = Thread.startVirtualThread(server::stop);
            assertThat(peer.answer().body()).matches("(?s).*\nretry: [0-9]{3,4}\n\n");
            assertThat(peer.endsInOrder()).isTrue();
            assertEnding(server, stop, Transport.SSE);
        }
    }

    @Test
    void line_streams_end_with_their_last_chunk() {
        try (var server = CountedServer.start(folder, Settings.defaults());
                RawConnection peer = Asking.with(server, Transport.NDJSON)) {
            Thread stop = Thread.startVirtualThread(server::stop);
            assertThat(peer.answer().body()).endsWith("}\n");
            assertThat(peer.endsInOrder()).isTrue();
            assertEnding(server, stop, Transport.NDJSON);
        }
    }

    @Test
    void who_waits_for_a_change_is_answered_at_once() {
        try (var server = CountedServer.start(folder, Settings.defaults());
                RawConnection peer = Asking.with(server, Transport.POLL)) {
            Thread stop = Thread.startVirtualThread(server::stop);
            Answer answer = peer.answer();
            assertThat(answer.body()).isEqualTo("[]");
            assertThat(answer.isLast()).isTrue();
            peer.hangUp();
            assertEnding(server, stop, Transport.POLL);
        }
    }

    @Test
    void a_connection_without_a_request_is_closed() {
        try (var server = CountedServer.start(folder, Settings.defaults());
                RawConnection peer = Asking.with(server, Transport.HTTP)) {
            Thread stop = Thread.startVirtualThread(server::stop);
            assertThat(peer.isAtEnd()).isTrue();
            assertEnding(server, stop, Transport.HTTP);
        }
    }

    @Test
    void what_was_asked_before_is_answered() {
        var begun = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        try (var server = CountedServer.start(
                        folder,
                        Settings.defaults(),
                        builder -> builder.drain(CountedServer.PATIENCE)
                                .bind(Method.POST, "/slow", Resources.class, (request, notes) -> {
                                    begun.countDown();
                                    mayEnd.await();
                                    notes.create("notes", bytes("{\"id\":\"late\"}"));
                                    return Reply.of(200, "text/plain", "done");
                                }));
                RawConnection peer = server.connect();
                RawConnection other = server.connect()) {
            peer.send(Asking.head("POST /slow HTTP/1.1", "Content-Length: 0"));
            await().until(() -> begun.getCount() == 0);
            Thread stop = Thread.startVirtualThread(server::stop);
            assertThat(other.isAtEnd()).isTrue();
            mayEnd.countDown();
            Answer answer = peer.answer();
            assertThat(answer.body()).isEqualTo("done");
            assertThat(answer.isLast()).isTrue();
            peer.hangUp();
            join(stop);
        }
        try (var again = CountedServer.start(folder, Settings.defaults())) {
            assertThat(again.store().resources().find("notes", "late")).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP", "WEBSOCKET"})
    void a_peer_that_does_not_say_goodbye_is_not_waited_for(Transport transport) {
        try (var server = CountedServer.start(
                        folder,
                        Settings.defaults(),
                        builder -> builder.drain(Duration.ofMillis(200)));
                RawConnection peer = server.connectNarrow().send(Asking.request(transport))) {
            server.awaitConnected(transport, 1);
            server.stop();
            assertThat(server.meter().open()).isEmpty();
            assertThat(server.meter().endings())
                    .containsExactly(new Ending(transport, DisconnectCause.STOPPING));
            assertThat(peer.endsInOrder()).isTrue();
        }
    }

    @Test
    void nobody_is_let_in_any_more() {
        try (var server = CountedServer.start(folder, Settings.defaults())) {
            server.stop();
            assertThatThrownBy(server::connect).isInstanceOf(UncheckedIOException.class);
        }
    }

    private static void assertEnding(CountedServer server, Thread stop, Transport transport) {
        join(stop);
        assertThat(server.meter().endings())
                .isEqualTo(List.of(new Ending(transport, DisconnectCause.STOPPING)));
        assertThat(server.meter().open()).isEmpty();
        assertThat(server.store().feedCount()).isZero();
    }

    private static void join(Thread stop) {
        await().atMost(CountedServer.PATIENCE).until(() -> !stop.isAlive());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
