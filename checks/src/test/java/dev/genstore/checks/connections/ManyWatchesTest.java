package dev.genstore.checks.connections;

import static dev.genstore.checks.connections.CommandedSocket.unwatching;
import static dev.genstore.checks.connections.CommandedSocket.watching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.changelog.Changelog;
import dev.genstore.checks.harness.Settings;
import dev.genstore.wire.DisconnectCause;
import dev.genstore.wire.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Many watches on one socket, which share it and nothing else. */
class ManyWatchesTest {
    private static final int WATCHES = 1_000;
    private static final Changelog.Memory SMALL = new Changelog.Memory(1024, 200_000);

    @TempDir
    private Path folder;

    /** What is mixed up on the socket can't be read any more. */
    @Test
    void a_slow_reader_of_a_thousand_watches_gets_each_whole_once_and_in_order() {
        long seed = new Random().nextLong();
        try (var server = start();
                var fast = CommandedSocket.open(server.connect());
                var slow = CommandedSocket.open(server.connectNarrow())) {
            fast.watch("/api/notes");
            watchAll(slow, WATCHES, "");
            Map<String, List<Long>> written = write(server, new Random(seed), WATCHES, 3_000);
            assertThat(fast.upTo("/api/notes", 3_000)).as("seed %s", seed).hasSize(3_000);
            check(slow, written, seed);
        }
    }

    /** Each of them reads the log for itself, as many do it for one resource. */
    @Test
    void who_has_missed_much_of_many_watches_catches_up_with_each() {
        long seed = new Random().nextLong();
        int count = 100;
        try (var server = start();
                var slow = CommandedSocket.open(server.connectNarrow())) {
            Map<String, List<Long>> written = write(server, new Random(seed), count, 1_000);
            watchAll(slow, count, "0");
            check(slow, written, seed);
        }
    }

    private static void check(CommandedSocket socket, Map<String, List<Long>> written, long seed) {
        written.forEach((url, revisions) -> assertThat(socket.upTo(url, revisions.getLast()))
                .as("%s, seed %s", url, seed)
                .isEqualTo(revisions));
    }

    private static void watchAll(CommandedSocket socket, int count, String since) {
        var commands = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            commands.add(since.isEmpty() ? watching(url(i)) : watching(url(i), since));
        }
        Thread.startVirtualThread(() -> socket.send(commands));
        for (int i = 0; i < count; i++) {
            assertThat(socket.answer().path("watching").asString("")).isEqualTo(url(i));
        }
    }

    private static String url(int i) {
        return "/api/notes/n" + i;
    }

    /** Mostly small, sometimes more than a socket takes at once. Returns the revisions by URL. */
    private static Map<String, List<Long>> write(
            CountedServer server, Random random, int resources, int count) {
        var written = new HashMap<String, List<Long>>();
        for (int i = 0; i < count; i++) {
            int number = random.nextInt(resources);
            int bytes = random.nextInt(100) == 0 ? 200_000 : random.nextInt(6_000);
            server.replace("notes", "n" + number, bytes, i);
            written.computeIfAbsent(url(number), url -> new ArrayList<>())
                    .add(server.store().headRevision());
        }
        return written;
    }

    @Test
    void who_has_many_watches_delays_nobody_else() {
        try (var server = start();
                var stalled = CommandedSocket.open(server.connectNarrow());
                var fast = CommandedSocket.open(server.connect())) {
            for (int i = 0; i < 10; i++) {
                stalled.watch("/api/notes?fields=text,f" + i);
            }
            fast.watch("/api/notes");
            for (int revision = 1; revision <= 40; revision++) {
                server.create("notes", 50_000);
                assertThat(fast.upTo("/api/notes", revision)).containsExactly((long) revision);
            }
            for (int i = 0; i < 10; i++) {
                assertThat(stalled.upTo("/api/notes?fields=text,f" + i, 40)).hasSize(40);
            }
        }
    }

    @Test
    void each_watch_goes_on_from_its_own_position() {
        try (var server = start()) {
            long seenOfA;
            long seenOfB;
            try (var first = CommandedSocket.open(server.connect())) {
                first.watch("/api/a");
                first.watch("/api/b");
                server.create("a", 1);
                server.create("b", 1);
                seenOfA = first.upTo("/api/a", 1).getLast();
                seenOfB = first.upTo("/api/b", 2).getLast();
                server.create("a", 1);
                first.upTo("/api/a", 3);
                first.raw().hangUp();
            }
            server.create("b", 1);
            try (var second = CommandedSocket.open(server.connect())) {
                second.watch("/api/b", Long.toString(seenOfB));
                second.watch("/api/a", Long.toString(seenOfA));
                assertThat(second.upTo("/api/a", 3)).containsExactly(3L);
                assertThat(second.upTo("/api/b", 4)).containsExactly(4L);
            }
        }
    }

    @Test
    void watches_come_and_go_while_they_are_told() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        try (var server = start();
                var socket = CommandedSocket.open(server.connectNarrow())) {
            socket.watch("/api/notes");
            for (int i = 0; i < 200; i++) {
                String url = url(random.nextInt(5));
                socket.send(List.of(watching(url, "0"), unwatching(url)));
                server.replace("notes", "n" + random.nextInt(5), random.nextInt(40_000), i);
                assertThat(socket.answer().path("watching").asString("")).isEqualTo(url);
                assertThat(socket.answer().path("unwatched").asString("")).isEqualTo(url);
            }
            assertThat(socket.upTo("/api/notes", 200)).as("seed %s", seed).hasSize(200);
        }
    }

    /** Its own frames build on one another; whatever comes between them does not. */
    @Test
    void only_what_a_socket_was_opened_at_is_compressed() {
        try (var server = start();
                InflatingSocket other = InflatingSocket.open(server.connect(), "/api/notes");
                InflatingSocket socket = InflatingSocket.open(server.connect(), "/api/notes")) {
            other.synced();
            socket.synced();
            socket.socket().send(RawWebSocket.TEXT, watching("/api/notes"));
            assertThat(socket.next().text()).startsWith("{\"watching\"");
            socket.synced();
            int deflated = 0;
            for (int i = 0; i < 100; i++) {
                server.create("notes", 1_000);
                for (int copy = 0; copy < 2; copy++) {
                    InflatingSocket.Heard heard = socket.next();
                    assertThat(heard.event().revision()).isEqualTo(i + 1);
                    boolean isNamed = heard.text().contains("\"watch\":\"/api/notes\"");
                    assertThat(isNamed && heard.isDeflated()).isFalse();
                    deflated += heard.isDeflated() ? 1 : 0;
                }
            }
            assertThat(deflated).isGreaterThan(50);
        }
    }

    @Test
    void one_who_commands_and_does_not_read_is_closed_and_nothing_is_left() {
        try (var server = CountedServer.start(folder, Settings.defaults().shortStalls());
                RawWebSocket peer = server.watch("/api/_watch")) {
            byte[] command =
                    RawWebSocket.masked(RawWebSocket.TEXT, watching("/api/" + "x".repeat(4_000)));
            sendUntilClosed(peer, command);
            peer.hangUp();
            server.awaitEnding(Transport.WEBSOCKET, DisconnectCause.STALLED);
        }
    }

    private static void sendUntilClosed(RawWebSocket peer, byte[] bytes) {
        try {
            while (true) {
                peer.send(bytes);
            }
        } catch (UncheckedIOException closed) {
            assertThat(closed).hasMessageMatching("(?is).*(reset|broken|closed|abort).*");
        }
    }

    @Test
    void a_socket_that_waits_for_commands_is_pinged() {
        try (var server = CountedServer.start(folder, Settings.defaults().shortPings());
                RawWebSocket peer = server.watch("/api/_watch")) {
            assertThat(peer.frame().firstByte()).isEqualTo(RawWebSocket.PING);
            server.awaitEnding(Transport.WEBSOCKET, DisconnectCause.SILENT);
        }
    }

    @Test
    void a_server_that_stops_says_goodbye_once_and_forgets_all_watches() {
        try (var server = start();
                var socket = CommandedSocket.open(server.connect())) {
            watchAll(socket, WATCHES, "");
            assertThat(server.store().feedCount()).isEqualTo(WATCHES);
            server.awaitConnected(Transport.WEBSOCKET, 1);
            server.stop();
            RawWebSocket.Frame last = socket.raw().frameBesides(RawWebSocket.TEXT);
            assertThat(last.closeCode()).isEqualTo(1001);
            assertThat(last.closeReason()).startsWith("retry-after=");
        }
    }

    @Test
    void when_the_socket_goes_all_its_watches_go() {
        try (var server = start();
                var socket = CommandedSocket.open(server.connect())) {
            watchAll(socket, WATCHES, "");
            for (int i = 0; i < WATCHES; i++) {
                assertThat(socket.next(url(i)).type()).isEqualTo("synced");
            }
            socket.raw().hangUp();
            server.awaitEnding(Transport.WEBSOCKET, DisconnectCause.CLIENT_CLOSED);
        }
    }

    @Test
    void the_first_thing_said_about_a_watch_is_the_answer() {
        try (var server = start();
                var socket = CommandedSocket.open(server.connect())) {
            server.create("notes", 20, 1_000);
            for (int i = 0; i < 100; i++) {
                String url = "/api/notes?fields=f" + i;
                socket.send(watching(url, "0"));
                JsonNode next = socket.read();
                while (!next.path("watching").asString("").equals(url)) {
                    assertThat(next.path("watch").asString("")).isNotEqualTo(url);
                    next = socket.read();
                }
            }
        }
    }

    private CountedServer start() {
        return CountedServer.start(folder, Settings.defaults(), builder -> builder.memory(SMALL));
    }
}
