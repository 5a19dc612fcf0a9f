package dev.genstore.checks.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.store.CommitMeter;
import dev.genstore.wire.Transport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** Long polls of a snapshot by the JDK's {@link HttpClient}; those of pages are a {@link Client}. */
class LongPollTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final WireDiary wire = new WireDiary();
    private final Notes notes = new Notes(1);
    private Site site;

    @BeforeEach
    void start(@TempDir Path folder) {
        site = new Site(folder, builder -> builder.meters(CommitMeter.NONE, wire));
        notes.write(site.server(), 5);
    }

    @AfterEach
    void stop() {
        client.close();
        site.close();
    }

    @Test
    void a_poll_is_answered_as_soon_as_the_state_is_another() {
        String seen = etag(poll("\"none-0\"").join());
        for (int i = 0; i < 5; i++) {
            CompletableFuture<HttpResponse<String>> waiting = poll(seen);
            notes.write(site.server(), 1);
            HttpResponse<String> answer = waiting.join();
            assertThat(answer.statusCode()).isEqualTo(200);
            seen = etag(answer);
            assertThat(seen).isEqualTo(headTag());
            assertThat(answer.body()).contains("\"revision\":" + notes.head());
        }
    }

    @Test
    void a_poll_without_change_is_not_modified_when_its_time_is_over() {
        HttpResponse<String> answer = poll(headTag(), 1).join();
        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(etag(answer)).isEqualTo(headTag());
        assertThat(answer.headers().firstValue("Preference-Applied")).hasValue("wait=1");
    }

    @Test
    void a_poll_that_waits_is_answered_when_the_server_stops_and_goes_on_behind_it() {
        String seen = headTag();
        CompletableFuture<HttpResponse<String>> waiting = poll(seen);
        await().atMost(Journal.PATIENCE).until(() -> wire.begun().contains(Transport.POLL));
        site.stop();
        assertThat(waiting.join().statusCode()).isEqualTo(304);
        site.startAgain();
        notes.write(site.server(), 1);
        assertThat(etag(poll(seen).join())).isEqualTo(headTag());
    }

    private CompletableFuture<HttpResponse<String>> poll(String seen) {
        return poll(seen, 20);
    }

    private CompletableFuture<HttpResponse<String>> poll(String seen, int waitSeconds) {
        var request = HttpRequest.newBuilder(site.notes())
                .header("If-None-Match", seen)
                .header("Prefer", "wait=" + waitSeconds)
                .build();
        return client.sendAsync(request, BodyHandlers.ofString());
    }

    private String headTag() {
        return notes.head(site.server()).etag();
    }

    private static String etag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }
}
