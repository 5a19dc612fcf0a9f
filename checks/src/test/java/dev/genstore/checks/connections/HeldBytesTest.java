package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.checks.harness.Settings;
import dev.genstore.wire.DisconnectCause;
import dev.genstore.wire.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** What bodies that come in and answers that nobody reads hold together is bounded. */
@Timeout(120)
class HeldBytesTest {
    private static final int BODY_BYTES = 1_000_000;
    private static final int MEBIBYTE = 1 << 20;
    private static final int THREE_LISTS_AND_A_HALF_MEGABYTE = 15_500_000;

    /** A body of a small length is not counted. */
    private static final int COUNTED_BYTES = BODY_BYTES - (4 << 10);

    @TempDir
    private Path folder;

    @Test
    void of_many_bodies_at_once_some_are_refused_and_nobody_else_is_harmed() {
        int count = 20;
        try (var server = holding(4 * MEBIBYTE);
                var crowd = new Peers(server, count)) {
            server.create("notes", 10);
            crowd.peers().forEach(peer -> peer.send(almostABody()));
            List<CompletableFuture<Answer>> answers = crowd.answers();
            await().atMost(CountedServer.PATIENCE)
                    .until(() -> server.store().heldBytes() + COUNTED_BYTES * done(answers)
                            == (long) COUNTED_BYTES * count);
            long refused = done(answers);
            assertThat(count - refused).isBetween(1L, 4L);
            servesSmallOnes(server);
            crowd.sendToThoseWhoWait(answers, "}");
            answers.forEach(answer -> answeredOrRefused(answer.join(), 201));
            assertThat(answers.stream().filter(answer -> answer.join().status() == 503))
                    .hasSize((int) refused);
            server.awaitNothingHeld();
        }
    }

    @Test
    void of_many_answers_that_nobody_reads_some_are_refused_and_nobody_else_is_harmed() {
        int count = 12;
        try (var server = holding(16 * MEBIBYTE);
                var crowd = new Peers(server, count)) {
            server.create("large", 6, BODY_BYTES);
            crowd.peers().forEach(peer -> peer.send(Asking.head("GET /api/large HTTP/1.1")));
            server.awaitHeld(held -> held > 12_000_000);
            servesSmallOnes(server);
            refusesLargeAnswers(server);
            List<Integer> statuses = crowd.peers().stream()
                    .map(peer -> answeredOrRefused(peer.answer(), 200).status())
                    .toList();
            assertThat(statuses).contains(200, 503);
            server.awaitNothingHeld();
        }
    }

    private static void refusesLargeAnswers(CountedServer server) {
        try (RawConnection peer = server.connect()) {
            peer.send(Asking.head("GET /api/large HTTP/1.1"));
            Answer refused = answeredOrRefused(peer.answer(), 503);
            assertThat(refused.isLast()).isFalse();
            assertThat(refused.body()).contains("try again in a second");
            peer.send(Asking.head("HEAD /api/large HTTP/1.1") + Asking.head("GET /api HTTP/1.1"));
            assertThat(peer.answerToHead().status()).isEqualTo(503);
            assertThat(peer.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void who_writes_and_can_not_be_told_is_told_to_look() {
        try (var server = holding(THREE_LISTS_AND_A_HALF_MEGABYTE);
                var crowd = new Peers(server, 4);
                RawConnection peer = server.connect()) {
            server.create("large", 6, BODY_BYTES);
            server.replace("notes", "7", BODY_BYTES, 1);
            crowd.peers().forEach(each -> each.send(Asking.head("GET /api/large HTTP/1.1")));
            server.awaitHeld(held -> held > 14_500_000);
            peer.send(patch("{\"number\":2}"));
            Answer answer = answeredOrRefused(peer.answer(), 503);
            assertThat(answer.body()).contains("read before you repeat it");
            assertThat(server.store()
                            .resources()
                            .find("notes", "7")
                            .orElseThrow()
                            .members())
                    .asString()
                    .startsWith("{\"number\":2");
        }
    }

    private static String patch(String json) {
        return Asking.head(
                        "PATCH /api/notes/7 HTTP/1.1",
                        "Content-Type: application/merge-patch+json",
                        "Content-Length: " + json.length())
                + json;
    }

    @Test
    void a_body_that_is_only_announced_holds_nothing() {
        try (var server = holding(2 * MEBIBYTE);
                var crowd = new Peers(server, 50)) {
            crowd.peers().forEach(peer -> peer.send(head(BODY_BYTES) + "{"));
            try (RawConnection peer = server.connect()) {
                peer.send(almostABody()).send("}");
                assertThat(peer.answer().status()).isEqualTo(201);
            }
            server.awaitNothingHeld();
        }
    }

    @Test
    void a_request_that_is_alone_is_never_refused() {
        try (var server = holding(1);
                RawConnection peer = server.connect()) {
            for (int i = 0; i < 5; i++) {
                assertThat(peer.send(almostABody()).send("}").answer().status()).isEqualTo(201);
            }
            peer.send(Asking.head("GET /api/notes HTTP/1.1"));
            assertThat(peer.answer().body()).hasSizeGreaterThan(4_000_000);
            server.awaitNothingHeld();
        }
    }

    /** What is not read stays with the kernel, and holds up who sends it. */
    @Test
    void behind_a_request_that_waits_no_more_than_some_are_read() {
        int count = 10_000;
        try (var server = holding(64 * MEBIBYTE);
                RawConnection peer = server.connect()) {
            peer.send(Asking.request(Transport.POLL));
            String others = Asking.head("GET /api/none HTTP/1.1").repeat(count);
            CompletableFuture<Void> sent = CompletableFuture.runAsync(
                    () -> peer.send(others), task -> Thread.ofVirtual().start(task));
            server.awaitHeld(held -> held > 32 << 10);
            for (int i = 0; i < 100; i++) {
                assertThat(server.store().heldBytes()).isLessThan(160 << 10);
                readsSmallOnes(server);
            }
            server.create("notes", 1);
            assertThat(peer.answer().status()).isEqualTo(200);
            for (int i = 0; i < count; i++) {
                assertThat(peer.answer().status()).isEqualTo(200);
            }
            sent.join();
            server.awaitNothingHeld();
        }
    }

    @Test
    void whoever_leaves_in_the_middle_gives_back_what_was_held() {
        try (var server = holding(16 * MEBIBYTE);
                var crowd = new Peers(server, 4)) {
            server.create("notes", 6, BODY_BYTES);
            String list = Asking.head("GET /api/notes HTTP/1.1");
            crowd.peers().get(0).send(almostABody());
            crowd.peers().get(1).send(almostABody());
            crowd.peers().get(2).send(list);
            crowd.peers().get(3).send(list + list + "x".repeat(10_000));
            server.awaitHeld(held -> held > 2 * COUNTED_BYTES + 8_000_000);
            crowd.peers().get(0).reset();
            crowd.peers().get(1).finish();
            crowd.peers().get(2).reset();
            crowd.peers().get(3).hangUp();
            server.awaitNothingHeld();
        }
    }

    @Test
    void a_body_that_comes_too_slowly_gives_back_what_was_held() {
        try (var server = CountedServer.start(folder, Settings.defaults().shortRequests());
                RawConnection peer = server.connect()) {
            peer.send(almostABody());
            server.awaitHeld(held -> held == COUNTED_BYTES);
            assertThat(peer.answer().status()).isEqualTo(408);
            server.awaitNothingHeld();
            assertThat(peer.endsInOrder()).isTrue();
            server.awaitEnding(Transport.HTTP, DisconnectCause.REQUEST_TIMEOUT);
        }
    }

    @Test
    void an_answer_that_is_not_read_in_time_gives_back_what_was_held() {
        try (var server = CountedServer.start(folder, Settings.defaults().shortStalls());
                RawConnection peer = server.connectNarrow()) {
            server.create("notes", 6, BODY_BYTES);
            peer.send(Asking.head("GET /api/notes HTTP/1.1"));
            server.awaitHeld(held -> held > 4_000_000);
            server.awaitEnding(Transport.HTTP, DisconnectCause.STALLED);
            server.awaitNothingHeld();
        }
    }

    @Test
    void a_server_that_has_stopped_holds_nothing() {
        try (var server = holding(16 * MEBIBYTE);
                var crowd = new Peers(server, 2)) {
            server.create("notes", 6, BODY_BYTES);
            crowd.peers().get(0).send(almostABody());
            crowd.peers().get(1).send(Asking.head("GET /api/notes HTTP/1.1"));
            server.awaitHeld(held -> held > COUNTED_BYTES + 4_000_000);
            server.stop();
            server.awaitNothingHeld();
        }
    }

    private CountedServer holding(long bytesMax) {
        return CountedServer.start(
                folder,
                Settings.defaults().heldBytesMax(bytesMax),
                builder -> builder.drain(Duration.ofSeconds(1)));
    }

    private static void servesSmallOnes(CountedServer server) {
        try (RawConnection peer = server.connect()) {
            assertThat(peer.send(head(2) + "{}").answer().status()).isEqualTo(201);
            assertThat(peer.send(Asking.head("GET /api HTTP/1.1")).answer().status())
                    .isEqualTo(200);
        }
    }

    private static void readsSmallOnes(CountedServer server) {
        try (RawConnection peer = server.connect()) {
            assertThat(peer.send(Asking.head("GET /api HTTP/1.1")).answer().status())
                    .isEqualTo(200);
        }
    }

    private static Answer answeredOrRefused(Answer answer, int status) {
        if (answer.status() != status || status == 503) {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).contains("/problems/overloaded");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
        }
        return answer;
    }

    private static long done(List<CompletableFuture<Answer>> answers) {
        return answers.stream().filter(CompletableFuture::isDone).count();
    }

    private static String head(int length) {
        return Asking.head(
                "POST /api/notes HTTP/1.1",
                "Content-Type: application/json",
                "Content-Length: " + length);
    }

    /** All of a request but the brace at its end. */
    private static String almostABody() {
        String start = "{\"text\":\"";
        return head(BODY_BYTES) + start + "x".repeat(BODY_BYTES - start.length() - 2) + '"';
    }

    /** Peers for which the kernel keeps little. */
    private record Peers(List<RawConnection> peers) implements AutoCloseable {
        Peers(CountedServer server, int count) {
            this(Stream.generate(server::connectNarrow).limit(count).toList());
        }

        /** What each will be answered, read as soon as it comes. */
        List<CompletableFuture<Answer>> answers() {
            var answers = new ArrayList<CompletableFuture<Answer>>();
            for (RawConnection peer : peers) {
                answers.add(CompletableFuture.supplyAsync(
                        peer::answer, task -> Thread.ofVirtual().start(task)));
            }
            return answers;
        }

        void sendToThoseWhoWait(List<CompletableFuture<Answer>> answers, String text) {
            for (int i = 0; i < peers.size(); i++) {
                if (!answers.get(i).isDone()) {
                    peers.get(i).send(text);
                }
            }
        }

        @Override
        public void close() {
            peers.forEach(RawConnection::close);
        }
    }
}
