package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.auth.ApiKeys;
import dev.genstore.auth.Gatekeeper;
import dev.genstore.checks.harness.PartsServer;
import dev.genstore.testkit.ManualClock;
import dev.genstore.testkit.MemoryDisk;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Many watches on one socket are of one principal, and end with his credentials. */
class CredentialsTest {
    private static final String EXPIRES = "2026-01-01T00:10:00.000Z";

    private final ManualClock clock = new ManualClock();
    private final AtomicBoolean isLeaping = new AtomicBoolean();

    @TempDir
    private Path folder;

    private PartsServer server;
    private Gatekeeper gatekeeper;
    private String key;

    @BeforeEach
    void start() throws IOException {
        key = ApiKeys.in(folder, clock)
                .create("brief", Set.of("admin"), Duration.ofMinutes(10))
                .text();
        gatekeeper = Gatekeeper.of(folder, List.of(), clock);
        server = PartsServer.start(new MemoryDisk(new Random(1)).open(), this::instant, gatekeeper);
    }

    @AfterEach
    void stop() {
        server.close();
        gatekeeper.close();
    }

    /** The last five seconds may pass as soon as it has been looked whose time is over. */
    private Instant instant() {
        Instant now = clock.instant();
        if (isLook() && isLeaping.getAndSet(false)) {
            clock.advance(Duration.ofSeconds(5));
        }
        return now;
    }

    private static boolean isLook() {
        return StackWalker.getInstance()
                .walk(frames ->
                        frames.anyMatch(frame -> frame.getClassName().endsWith(".LoopPeers")));
    }

    private CommandedSocket open(String target) {
        return CommandedSocket.open(
                RawConnection.to(server.port()), target, "Authorization: Bearer " + key);
    }

    @Test
    void each_watch_is_told_of_the_end_and_then_the_socket_is_closed() {
        try (var socket = open("/api/own")) {
            socket.watch("/api/a");
            socket.watch("/api/b");
            clock.advance(Duration.ofSeconds(570));
            assertThat(warned(socket, 3)).containsExactlyInAnyOrder("", "/api/a", "/api/b");
            clock.advance(Duration.ofSeconds(30));
            server.resources().create("a", "{}".getBytes(StandardCharsets.UTF_8));
            assertThat(endOf(socket)).isEqualTo(4401);
        }
    }

    @Test
    void whose_time_ends_while_it_is_looked_who_may_stay_is_not_told() {
        try (var socket = open("/api/a")) {
            clock.advance(Duration.ofSeconds(595));
            assertThat(warned(socket, 1)).containsExactly("");
            isLeaping.set(true);
            server.resources().create("a", "{}".getBytes(StandardCharsets.UTF_8));
            assertThat(endOf(socket)).isEqualTo(4401);
        }
    }

    @Test
    void a_watch_that_comes_late_is_told_at_once() {
        try (var socket = open("/api/own")) {
            clock.advance(Duration.ofSeconds(575));
            assertThat(warned(socket, 1)).containsExactly("");
            socket.send(CommandedSocket.watching("/api/late"));
            assertThat(warned(socket, 1)).containsExactly("/api/late");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"access_token", "token"})
    void a_token_in_a_commanded_url_is_refused(String parameter) {
        try (var socket = open("/api/_watch")) {
            String url = "/api/a?" + parameter + "=" + key;
            assertThat(socket.problem(CommandedSocket.watching(url))).isEqualTo("token-in-url");
        }
    }

    /** The watches that are told of the end until so many were. */
    private static Set<String> warned(CommandedSocket socket, int count) {
        var warned = new HashSet<String>();
        while (warned.size() < count) {
            JsonNode told = socket.read();
            if (told.path("data").has("expires")) {
                assertThat(told.path("data").path("expires").asString()).isEqualTo(EXPIRES);
                warned.add(told.path("watch").asString(""));
            }
        }
        return warned;
    }

    /** The code of the Close, before which nothing but silence and warnings is told. */
    private static int endOf(CommandedSocket socket) {
        RawWebSocket.Frame frame = socket.raw().frameBesides(RawWebSocket.PING);
        while (frame.firstByte() != RawWebSocket.CLOSE) {
            assertThat(frame.text()).contains("\"type\":\"synced\"");
            frame = socket.raw().frameBesides(RawWebSocket.PING);
        }
        return frame.closeCode();
    }
}
