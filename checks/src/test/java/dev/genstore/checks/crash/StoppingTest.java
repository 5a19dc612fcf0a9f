package dev.genstore.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What a SIGTERM does. */
class StoppingTest {
    private static final Duration AT_MOST = Duration.ofSeconds(10);
    private static final int ROUNDS = 3;

    @TempDir
    private Path folder;

    @Test
    void what_was_answered_is_there_and_watchers_go_on_when_it_is_stopped_under_load()
            throws Exception {
        Launch launch = Launch.serve(folder);
        try (Ordeal ordeal = Ordeal.begin(launch, 1)) {
            for (int round = 0; round < ROUNDS; round++) {
                ordeal.awaitChanges(30);
                assertThat(ordeal.stop()).isEqualTo(ServerProcess.TERMINATED);
                ordeal.start(launch);
            }
            assertThat(ordeal.complaints()).isEmpty();
        }
    }

    @Test
    void websocket_watchers_are_told_1001_and_each_its_own_time_to_come_back() {
        try (ServerProcess server = Launch.serve(folder).start()) {
            List<Farewell> watchers = Stream.generate(() -> Farewell.of(server.url(), "/api/notes"))
                    .limit(6)
                    .toList();
            server.terminate();
            List<Farewell.Close> closes = watchers.stream().map(Farewell::await).toList();
            assertThat(closes).allSatisfy(close -> {
                assertThat(close.code()).isEqualTo(1001);
                assertThat(close.reason()).matches("retry-after=[0-9]{3,4}");
            });
            assertThat(closes.stream().distinct()).hasSizeGreaterThan(1);
            assertThat(server.awaitExit()).isEqualTo(ServerProcess.TERMINATED);
            assertThat(server.errors()).isEmpty();
        }
    }

    @Test
    void streams_and_waiting_requests_end_cleanly() throws Exception {
        try (ServerProcess server = Launch.serve(folder).start();
                var sse = RawConnection.get(notes(server), "Accept: text/event-stream");
                var lines = RawConnection.get(notes(server), "Accept: application/x-ndjson");
                var page = RawConnection.get(
                        notes(server),
                        "Accept: application/cloudevents-batch+json",
                        "Prefer: wait=60")) {
            sse.readUntil("synced");
            lines.readUntil("synced");
            await().atMost(AT_MOST)
                    .until(() -> metrics(server)
                            .contains("genstore_watchers_by_transport{transport=\"poll\"} 1.0"));
            server.terminate();
            assertThat(sse.readToEnd()).contains("retry: ").endsWith("\r\n0\r\n\r\n");
            assertThat(lines.readToEnd()).endsWith("\r\n0\r\n\r\n");
            assertThat(page.readToEnd()).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n[]");
            assertThat(server.awaitExit()).isEqualTo(ServerProcess.TERMINATED);
        }
    }

    /** The watcher takes nothing, so what it is told fills its socket and the server can't say goodbye. */
    @Test
    void a_stalled_watcher_does_not_keep_it_from_ending_and_nobody_new_is_let_in()
            throws Exception {
        try (ServerProcess server =
                Launch.serve(folder, "--drain-timeout", "3s").start()) {
            var requests = new Requests(server.url());
            for (int i = 0; i < 32; i++) {
                String json = "{\"text\":\"" + "x".repeat(1 << 19) + "\"}";
                assertThat(requests.put("/api/notes/" + i, json).statusCode()).isEqualTo(201);
            }
            URI everything = server.url().resolve("/api/notes?since=0");
            try (var stalled = RawConnection.get(everything, "Accept: application/x-ndjson")) {
                stalled.readUntil("created");
                long startNanos = System.nanoTime();
                server.terminate();
                await().atMost(AT_MOST)
                        .untilAsserted(() -> assertThatThrownBy(
                                        () -> RawConnection.get(everything).close())
                                .isInstanceOf(ConnectException.class));
                assertThat(server.isAlive()).isTrue();
                assertThat(server.awaitExit()).isEqualTo(ServerProcess.TERMINATED);
                assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(AT_MOST);
            }
        }
    }

    private static String metrics(ServerProcess server) throws Exception {
        return new Requests(server.url()).get("/metrics").body();
    }

    private static URI notes(ServerProcess server) {
        return server.url().resolve("/api/notes");
    }
}
