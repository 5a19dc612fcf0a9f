package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.auth.ApiKeys;
import dev.genstore.checks.harness.Settings;
import dev.genstore.embedded.GenstoreBuilder;
import dev.genstore.router.Method;
import dev.genstore.router.Reply;
import dev.genstore.store.Resources;
import dev.genstore.wire.DisconnectCause;
import dev.genstore.wire.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Stream;

/** Who is not let in has a short time on a connection, whatever he asks meanwhile. */
@Timeout(60)
class NotLetInTest {
    private static final Duration A_WHILE = Duration.ofMillis(100);

    @TempDir
    private Path folder;

    private CountedServer start() {
        return CountedServer.start(
                folder, Settings.defaults().shortRequests(), NotLetInTest::withSomethingForAll);
    }

    private static GenstoreBuilder withSomethingForAll(GenstoreBuilder builder) {
        return builder.bindForEveryone(
                Method.GET, "/alive", Resources.class, (request, resources) -> Reply.of(204));
    }

    private String key() throws IOException {
        return ApiKeys.in(folder, InstantSource.system())
                .create("good", Set.of("admin"), Duration.ofDays(1))
                .text();
    }

    private static String with(String key) {
        return Asking.head("GET /api/notes HTTP/1.1", "Authorization: Bearer " + key);
    }

    static Stream<String> whatStrangersAsk() {
        return Stream.of(
                Asking.head("GET /alive HTTP/1.1"),
                Asking.head("GET /api/notes HTTP/1.1"),
                with("guessed"),
                RawWebSocket.handshake("/api/notes"));
    }

    @ParameterizedTest
    @MethodSource("whatStrangersAsk")
    void asking_again_and_again_keeps_no_connection(String asked) throws IOException {
        key();
        try (var server = start();
                RawConnection stranger = server.connect()) {
            assertThat(answersUpToTheLast(stranger, asked)).isGreaterThan(1);
            assertThat(stranger.endsInOrder()).isTrue();
            stranger.hangUp();
            server.awaitEnding(Transport.HTTP, DisconnectCause.ANSWERED);
        }
    }

    /** Asks ten times a second; how many answers there were with the one that said it was the last. */
    private static int answersUpToTheLast(RawConnection stranger, String asked) {
        for (int i = 1; ; i++) {
            if (stranger.send(asked).answer().isLast()) {
                return i;
            }
            assertThat(stranger.isSilentFor(A_WHILE)).isTrue();
        }
    }

    @Test
    void a_key_that_was_good_once_lends_no_time_to_what_is_asked_without_one() throws IOException {
        String key = key();
        try (var server = start();
                RawConnection peer = server.connect()) {
            assertThat(peer.send(with(key)).answer().status()).isEqualTo(200);
            int answers = answersUpToTheLast(peer, Asking.head("GET /api/notes HTTP/1.1"));
            assertThat(answers).isGreaterThan(1);
            assertThat(peer.endsInOrder()).isTrue();
        }
    }

    @Test
    void who_is_let_in_in_time_may_stay() throws IOException {
        String key = key();
        try (var server = start();
                RawConnection peer = server.connect()) {
            assertThat(peer.send(with("guessed")).answer().status()).isEqualTo(401);
            assertThat(peer.send(with(key)).answer().status()).isEqualTo(200);
            assertThat(peer.isSilentFor(Duration.ofSeconds(2))).isTrue();
            Answer again = peer.send(with(key)).answer();
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.isLast()).isFalse();
        }
    }

    @Test
    void where_nobody_has_to_say_who_he_is_nobody_is_a_stranger() {
        String alive = Asking.head("GET /alive HTTP/1.1");
        try (var server = start();
                RawConnection peer = server.connect()) {
            for (int i = 0; i < 20; i++) {
                assertThat(peer.send(alive).answer().isLast()).isFalse();
                assertThat(peer.isSilentFor(A_WHILE)).isTrue();
            }
        }
    }
}
