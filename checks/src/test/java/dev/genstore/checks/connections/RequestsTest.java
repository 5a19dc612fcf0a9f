package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Settings;
import dev.genstore.router.Method;
import dev.genstore.router.Reply;
import dev.genstore.store.Resources;
import dev.genstore.wire.Transport;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** Requests and answers (RFC 9112), byte by byte. */
class RequestsTest {
    private static final CountDownLatch MAY_ANSWER = new CountDownLatch(1);
    private static final Semaphore GATE = new Semaphore(0);
    private static CountedServer server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = CountedServer.start(
                folder,
                Settings.defaults(),
                builder -> builder.bind(Method.GET, "/wait", Resources.class, (request, any) -> {
                            MAY_ANSWER.await();
                            return Reply.of(200, "text/plain", "waited");
                        })
                        .bind(Method.GET, "/gate", Resources.class, (request, any) -> {
                            GATE.acquire();
                            return Reply.of(200, "text/plain", "open");
                        })
                        .bind(
                                Method.GET,
                                "/say/{word}",
                                Resources.class,
                                (request, any) ->
                                        Reply.of(200, "text/plain", request.variable("word"))));
        server.create("large", 6, 1_000_000);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void pipelined_requests_are_answered_in_order() {
        int count = 3_000;
        var requests = new StringBuilder();
        for (int i = 0; i < count; i++) {
            requests.append(
                    Asking.head("GET /say/" + i + " HTTP/1.1", "X-Padding: " + "x".repeat(40)));
        }
        try (RawConnection peer = server.connect()) {
            Thread.startVirtualThread(() -> peer.send(requests.toString()));
            for (int i = 0; i < count; i++) {
                assertThat(peer.answer().body()).isEqualTo("" + i);
            }
        }
    }

    @Test
    void a_quick_answer_does_not_overtake_a_slow_one() {
        try (RawConnection peer = server.connect();
                RawConnection other = server.connect()) {
            peer.send(Asking.head("GET /wait HTTP/1.1")
                    + Asking.head("NONSENSE /say/no HTTP/1.1")
                    + Asking.head("GET /say/last HTTP/1.1"));
            assertThat(other.send(Asking.head("GET /say/other HTTP/1.1"))
                            .answer()
                            .body())
                    .isEqualTo("other");
            MAY_ANSWER.countDown();
            assertThat(peer.answer().body()).isEqualTo("waited");
            assertThat(peer.answer().status()).isEqualTo(501);
            assertThat(peer.answer().body()).isEqualTo("last");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1, ,           '',         false",
        "HTTP/1.1, close,      close,      true",
        "HTTP/1.0, ,           close,      true",
        "HTTP/1.0, keep-alive, keep-alive, false",
        "HTTP/1.1, 'x, Close', close,      true"
    })
    void a_connection_is_kept_as_long_as_the_client_wants(
            String version, String asked, String answered, boolean ends) {
        String request = asked == null
                ? Asking.head("GET /say/hi " + version)
                : Asking.head("GET /say/hi " + version, "Connection: " + asked);
        try (RawConnection peer = server.connect()) {
            Answer answer = peer.send(request).answer();
            assertThat(answer.body()).isEqualTo("hi");
            assertThat(answer.header("Connection")).isEqualTo(answered);
            if (ends) {
                assertThat(peer.endsInOrder()).isTrue();
            } else {
                assertThat(peer.send(request).answer().body()).isEqualTo("hi");
            }
        }
    }

    @Test
    void head_is_answered_like_get_without_the_body() {
        try (RawConnection peer = server.connect()) {
            peer.send(Asking.head("GET /say/hello HTTP/1.1")
                    + Asking.head("HEAD /say/hello HTTP/1.1")
                    + Asking.head("HEAD /nowhere HTTP/1.1")
                    + Asking.head("GET /say/next HTTP/1.1"));
            Answer get = peer.answer();
            Answer head = peer.answerToHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
            assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
            assertThat(peer.answerToHead().status()).isEqualTo(404);
            assertThat(peer.answer().body()).isEqualTo("next");
        }
    }

    @Test
    void a_body_may_come_in_chunks() {
        try (RawConnection peer = server.connect()) {
            peer.send(post("Transfer-Encoding: chunked")
                    + Asking.lines("8;name=\"value\"", "{\"title\"", "7", ":\"hi\"}x")
                            .replace("}x", "} ")
                    + Asking.lines("0", "Trailer: dropped", ""));
            Answer answer = peer.answer();
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            assertThat(answer.body()).contains("\"title\":\"hi\"");
            assertThat(peer.send(Asking.head("GET /say/on HTTP/1.1")).answer().body())
                    .isEqualTo("on");
        }
    }

    @Test
    void who_expects_100_gets_it_before_the_body() {
        try (RawConnection peer = server.connect()) {
            peer.send(post("Content-Length: 2", "Expect: 100-continue"));
            assertThat(peer.answer().status()).isEqualTo(100);
            assertThat(peer.send("{}").answer().status()).isEqualTo(201);
            peer.send(post("Content-Length: 2", "Expect: 100-continue") + "{}");
            assertThat(peer.answer().status()).isEqualTo(201);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length: 999999999, 100-continue, 413",
        "Content-Length: 2,         a-miracle,    417",
        "Transfer-Encoding: gzip,   100-continue, 400"
    })
    void who_is_refused_anyway_gets_no_100(String framing, String expected, int status) {
        try (RawConnection peer = server.connect()) {
            peer.send(post(framing, "Expect: " + expected));
            Answer answer = peer.answer();
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.isLast()).isTrue();
            assertThat(peer.endsInOrder()).isTrue();
        }
    }

    @Test
    void a_refusal_can_be_read_although_the_body_was_not() {
        try (RawConnection peer = server.connect()) {
            peer.send(post("Content-Length: 100000000"));
            peer.send(new byte[8_000_000]);
            Answer answer = peer.answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).contains("/problems/body-too-large");
            assertThat(peer.endsInOrder()).isTrue();
        }
    }

    @Test
    void a_large_answer_reaches_a_slow_reader_whole_and_delays_nobody() {
        try (RawConnection slow = server.connectNarrow();
                RawConnection other = server.connect()) {
            slow.send(Asking.head("GET /api/large HTTP/1.1")
                    + Asking.head("GET /say/after HTTP/1.1"));
            for (int i = 0; i < 100; i++) {
                other.send(Asking.head("GET /say/quick HTTP/1.1"));
                assertThat(other.answer().body()).isEqualTo("quick");
            }
            Answer answer = slow.answer();
            assertThat(answer.body()).hasSizeGreaterThan(4_000_000).contains("\"revision\":");
            assertThat(slow.answer().body()).isEqualTo("after");
        }
    }

    @Test
    void a_client_that_sends_no_more_is_still_answered() {
        try (RawConnection peer = server.connect()) {
            peer.send(Asking.head("GET /say/one HTTP/1.1") + Asking.head("GET /api HTTP/1.1"));
            peer.finish();
            assertThat(peer.answer().body()).isEqualTo("one");
            assertThat(peer.answer().status()).isEqualTo(200);
            assertThat(peer.endsInOrder()).isTrue();
        }
    }

    @Test
    void a_client_that_sends_no_more_need_not_wait_for_a_change() {
        try (RawConnection peer = server.connect().send(Asking.request(Transport.POLL))) {
            peer.finish();
            assertThat(peer.answer().body()).isEqualTo("[]");
            assertThat(peer.endsInOrder()).isTrue();
        }
    }

    @Test
    void a_client_that_has_sent_its_last_request_need_not_wait_behind_another_one() {
        try (RawConnection peer = server.connect();
                RawConnection other = server.connect()) {
            peer.send(Asking.head("GET /gate HTTP/1.1") + Asking.request(Transport.POLL));
            peer.finish();
            other.send(Asking.head("GET /say/later HTTP/1.1"));
            assertThat(other.answer().body()).isEqualTo("later");
            GATE.release();
            assertThat(peer.answer().body()).isEqualTo("open");
            assertThat(peer.answer().body()).isEqualTo("[]");
            assertThat(peer.endsInOrder()).isTrue();
        }
    }

    @Test
    void half_a_request_and_no_more_is_no_request() {
        try (RawConnection peer = server.connect().send("GET /say/half HTTP/1.1\r\nHost:")) {
            peer.finish();
            assertThat(peer.isAtEnd()).isTrue();
        }
    }

    @Test
    void http_1_0_gets_answers_but_no_streams() {
        try (RawConnection peer = server.connect()) {
            peer.send(Asking.head("GET /api/notes HTTP/1.0", "Accept: text/event-stream"));
            Answer answer = peer.answer();
            assertThat(answer.status()).isEqualTo(505);
            assertThat(peer.endsInOrder()).isTrue();
        }
    }

    private static String post(String... fields) {
        var all = new ArrayList<>(List.of("Content-Type: application/json"));
        all.addAll(List.of(fields));
        return Asking.head("POST /api/notes HTTP/1.1", all.toArray(String[]::new));
    }
}
