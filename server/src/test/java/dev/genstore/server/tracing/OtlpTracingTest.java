package dev.genstore.server.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.genstore.embedded.Genstore;
import dev.genstore.router.Contexts;
import dev.genstore.router.Headers;
import dev.genstore.router.Method;
import dev.genstore.router.Request;
import dev.genstore.router.Router;
import dev.genstore.server.config.UsageError;
import dev.genstore.server.tracing.Collector.Sent;
import dev.genstore.wire.Tracing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@link OtlpTracing}, over sockets. */
class OtlpTracingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Map<String, String> SOON = Map.of("otel.bsp.schedule.delay", "50");
    private static final Request READY =
            Request.of(Method.GET, "/readyz", Headers.NONE, new byte[0]);
    private static final Router ROUTER = new Router(List.of(), Contexts.none());

    @Test
    void a_collector_gets_the_request_and_its_commit_as_one_trace(@TempDir Path folder)
            throws Exception {
        try (Collector collector = Collector.start();
                Genstore store = Genstore.builder()
                        .data(folder)
                        .port(0)
                        .tracing(OtlpTracing.to(collector.url(), SOON))
                        .start()) {
            var exchange = new Asking(store.address().getPort());
            exchange.put("/api/notes/1", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(collector.spans()).hasSize(2));
            Sent request = named(collector, "PUT /api/{collection}/{id}");
            Sent commit = named(collector, "commit");
            assertThat(List.of(request.trace(), commit.trace()))
                    .containsOnly("0af7651916cd43dd8448eb211c80319c");
            assertThat(request.parent()).isEqualTo("b7ad6b7169203331");
            assertThat(commit.parent()).isEqualTo(request.id());
        }
    }

    private static Sent named(Collector collector, String name) {
        return collector.spans().stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_waits_is_sent_when_it_stops() throws Exception {
        try (Collector collector = Collector.start()) {
            Tracing tracing = OtlpTracing.to(collector.url(), Map.of());
            tracing.requests().begin(READY, ROUTER).answered(200);
            tracing.requests().close();
            assertThat(collector.spans()).extracting(Sent::name).containsExactly("GET");
        }
    }

    @Test
    void behind_a_collector_that_does_not_answer_so_many_wait_and_the_others_are_lost()
            throws Exception {
        try (Collector collector = Collector.startHeld()) {
            Tracing tracing = OtlpTracing.to(collector.url(), SOON);
            for (int i = 0; i < 3 * OtlpTracing.WAITING_MAX; i++) {
                tracing.requests().begin(READY, ROUTER).answered(200);
            }
            collector.release();
            tracing.requests().close();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(collector.spans())
                            .hasSizeGreaterThanOrEqualTo(OtlpTracing.WAITING_MAX));
            assertThat(collector.spans()).hasSizeLessThan(2 * OtlpTracing.WAITING_MAX);
        }
    }

    @Test
    @Timeout(60)
    void without_a_collector_all_is_done_as_ever(@TempDir Path folder) throws Exception {
        try (Genstore store = Genstore.builder()
                .data(folder)
                .port(0)
                .tracing(OtlpTracing.to(nobody(), SOON))
                .start()) {
            var asking = new Asking(store.address().getPort());
            for (int i = 1; i <= 20; i++) {
                asking.put(
                        "/api/notes/" + i,
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            }
            assertThat(store.headRevision()).isEqualTo(20);
        }
    }

    private static URI nobody() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }

    @Test
    void what_cannot_be_is_said_at_the_start() {
        Map<String, String> wrong = Map.of("otel.traces.sampler", "sometimes");
        assertThatExceptionOfType(UsageError.class)
                .isThrownBy(() -> OtlpTracing.to(URI.create("http://127.0.0.1:1"), wrong))
                .withMessageContaining("sometimes");
    }
}
