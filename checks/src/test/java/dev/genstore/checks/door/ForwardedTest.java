package dev.genstore.checks.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.RawSocket;
import dev.genstore.wire.proxy.Telling;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a client is, is what a trusted proxy says in each request. */
class ForwardedTest {
    private static final String ASK = "GET /whence HTTP/1.1⏎Host: localhost";
    private static final String FOR = "⏎X-Forwarded-For: ";

    @Test
    void nobody_is_believed_by_default() {
        try (DoorServer server = DoorServer.open()) {
            assertThat(whence(server, "X-Forwarded-For", "192.0.2.7")).isEqualTo("127.0.0.1");
            assertThat(whence(server, "Forwarded", "for=192.0.2.7")).isEqualTo("127.0.0.1");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"X_FORWARDED", "FORWARDED"})
    void a_trusted_proxy_is_believed_in_the_way_that_it_is_known_to_speak(Telling telling) {
        boolean isX = telling == Telling.X_FORWARDED;
        try (DoorServer server = DoorServer.behind(telling, "127.0.0.1")) {
            assertThat(whence(server, "X-Forwarded-For", "192.0.2.7"))
                    .isEqualTo(isX ? "192.0.2.7" : "127.0.0.1");
            assertThat(whence(server, "Forwarded", "for=192.0.2.7"))
                    .isEqualTo(isX ? "127.0.0.1" : "192.0.2.7");
        }
    }

    @Test
    void a_proxy_that_is_not_trusted_is_not_believed() {
        try (DoorServer server = DoorServer.behind(Telling.X_FORWARDED, "10.0.0.0/8")) {
            assertThat(whence(server, "X-Forwarded-For", "192.0.2.7")).isEqualTo("127.0.0.1");
        }
    }

    /** A proxy uses one connection for many clients. */
    @Test
    void each_request_of_a_connection_is_of_its_own_client() {
        try (DoorServer server = DoorServer.behind(Telling.X_FORWARDED, "127.0.0.1");
                RawSocket socket = server.send(ASK + FOR + "192.0.2.7")) {
            assertThat(socket.readAnswer(false).text()).isEqualTo("192.0.2.7");
            socket.send(DoorServer.bytes(ASK));
            assertThat(socket.readAnswer(false).text()).isEqualTo("127.0.0.1");
            socket.send(DoorServer.bytes(ASK + FOR + "10.0.0.1⏎X-Forwarded-For: 2001:db8::7"));
            assertThat(socket.readAnswer(false).text()).isEqualTo("2001:db8:0:0:0:0:0:7");
        }
    }

    /** Two requests that come at once are still of two clients. */
    @Test
    void requests_that_wait_for_each_other_keep_their_clients() {
        String two = ASK + FOR + "192.0.2.1⏎⏎" + ASK + FOR + "192.0.2.2";
        try (DoorServer server = DoorServer.behind(Telling.X_FORWARDED, "127.0.0.1");
                RawSocket socket = server.send(two)) {
            assertThat(socket.readAnswer(false).text()).isEqualTo("192.0.2.1");
            assertThat(socket.readAnswer(false).text()).isEqualTo("192.0.2.2");
        }
    }

    /** Nobody would know whom to count and write down; the proxy has to be put right. */
    @Test
    void what_a_trusted_proxy_says_and_nobody_understands_is_refused() {
        try (DoorServer server = DoorServer.behind(Telling.FORWARDED, "127.0.0.1")) {
            Answer answer = RawHttp.get(
                    server.port(), "/whence", "Forwarded", "for=\"192.0.2.7, for=192.0.2.8");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).contains("/problems/invalid-header", "RFC 7239");
        }
    }

    private static String whence(DoorServer server, String name, String value) {
        return RawHttp.get(server.port(), "/whence", name, value).text();
    }
}
