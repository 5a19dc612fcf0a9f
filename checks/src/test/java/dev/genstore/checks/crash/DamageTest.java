package dev.genstore.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Bytes that have changed on the disk: what they belong to is refused, and all the rest is served. */
class DamageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String DAMAGED_TEXT = "note 2";

    @TempDir
    private static Path folder;

    private static ServerProcess server;
    private static Requests requests;

    @BeforeAll
    static void serve_a_damaged_store() throws Exception {
        StoppedStore store = StoppedStore.make(folder.resolve("data"), 3);
        store.damage("resource", "body", 2);
        store.damage("log", "after_body", 2);
        server = Launch.serve(folder).start();
        requests = new Requests(server.url());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_damaged_resource_is_answered_500_and_never_shown() throws Exception {
        requireDamaged(requests.get("/api/notes/2"));
        requireDamaged(requests.get("/api/notes"));
        requireDamaged(requests.put("/api/notes/2", "{}"));
    }

    @Test
    void a_resource_that_is_not_damaged_is_served() throws Exception {
        assertThat(requests.get("/api/notes/1").body()).contains(StoppedStore.text(1));
        assertThat(requests.get("/api/notes/3").body()).contains(StoppedStore.text(3));
        assertThat(requests.put("/api/notes/new", "{}").statusCode()).isEqualTo(201);
    }

    @Test
    void a_websocket_that_needs_a_damaged_change_is_closed_with_1011() {
        Farewell watcher = Farewell.of(server.url(), "/api/notes?since=0");
        assertThat(watcher.await().code()).isEqualTo(1011);
        assertThat(watcher.text()).doesNotContain(DAMAGED_TEXT);
    }

    /** Its last chunk is missing, so nobody takes it for complete. */
    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "application/x-ndjson"})
    void a_stream_that_needs_a_damaged_change_is_cut(String accept) throws Exception {
        assertThat(readAll(accept))
                .startsWith("HTTP/1.1 200")
                .doesNotContain(DAMAGED_TEXT)
                .doesNotEndWith("0\r\n\r\n");
    }

    @Test
    void a_page_that_needs_a_damaged_change_is_answered_500() throws Exception {
        assertThat(readAll("application/cloudevents-batch+json"))
                .startsWith("HTTP/1.1 500")
                .contains("/problems/damaged")
                .doesNotContain(DAMAGED_TEXT);
    }

    @Test
    void a_watcher_that_does_not_need_the_damaged_change_is_told_all_the_rest() throws Exception {
        Farewell fromNow = Farewell.of(server.url(), "/api/notes");
        Farewell behind = Farewell.of(server.url(), "/api/notes?since=2");
        assertThat(requests.put("/api/notes/4", "{}").statusCode()).isEqualTo(201);
        await().atMost(PATIENCE).until(() -> fromNow.text().contains("\"subject\":\"4\""));
        await().atMost(PATIENCE).until(() -> behind.text().contains("\"subject\":\"4\""));
        assertThat(behind.text()).contains(StoppedStore.text(3));
    }

    @Test
    void what_is_refused_is_logged_once() throws Exception {
        requireLoggedOnce(() -> requests.get("/api/notes/2"));
        requireLoggedOnce(() -> requests.put("/api/notes/2", "{}"));
        requireLoggedOnce(() -> Farewell.of(server.url(), "/api/notes?since=0").await());
        requireLoggedOnce(() -> readAll("text/event-stream"));
        requireLoggedOnce(() -> readAll("application/cloudevents-batch+json"));
    }

    private static void requireLoggedOnce(Callable<?> refused) throws Exception {
        long before = loggedErrors();
        refused.call();
        assertThat(loggedErrors() - before).as(server.errors()).isEqualTo(1);
    }

    private static String readAll(String accept) throws IOException {
        try (var answer =
                RawConnection.get(everything(), "Accept: " + accept, "Connection: close")) {
            return answer.readToEnd();
        }
    }

    private static long loggedErrors() {
        return server.errors().lines().filter(line -> line.contains(" ERROR ")).count();
    }

    private static URI everything() {
        return server.url().resolve("/api/notes?since=0");
    }

    private static void requireDamaged(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("/problems/damaged").doesNotContain(DAMAGED_TEXT);
    }
}
