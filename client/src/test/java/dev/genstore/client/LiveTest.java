package dev.genstore.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A live view of a real server. */
@Timeout(120)
class LiveTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private Site site;
    private GenstoreClient client;
    private GenstoreClient writer;

    record Note(String title, String status) {}

    @BeforeEach
    void start() {
        site = new Site(folder);
        client = GenstoreClient.of(site.badUrl().toString());
        writer = GenstoreClient.of(site.url().toString());
    }

    @AfterEach
    void stop() {
        client.close();
        writer.close();
        site.close();
    }

    private static <T> Stored<T> item(Live<T> live, String key) {
        return Optional.ofNullable(live.items().get(key)).orElseThrow();
    }

    private static void waitFor(Live<?> live) throws Exception {
        live.ready().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void it_shows_what_is_there_and_what_becomes_of_it() throws Exception {
        writer.put("/api/notes/1", new Note("one", "open"));
        writer.put("/api/notes/2", new Note("two", "shut"));
        try (Live<Note> open = client.live("/api/notes?status=open", Note.class)) {
            waitFor(open);
            assertThat(open.items()).containsOnlyKeys("1");
            var changes = new AtomicInteger();
            open.onChange(changes::incrementAndGet);
            Stored<Note> two = writer.put("/api/notes/2", new Note("two", "open"));
            writer.delete("/api/notes/1");
            await().atMost(PATIENCE).until(() -> open.items().size() == 1 && changes.get() > 1);
            assertThat(open.items()).isEqualTo(Map.of("2", two));
        }
    }

    @Test
    void it_goes_on_when_the_server_was_stopped_and_is_back() throws Exception {
        try (Live<Note> notes = client.live("/api/notes", Note.class)) {
            waitFor(notes);
            writer.put("/api/notes/1", new Note("one", "open"));
            await().atMost(PATIENCE).until(() -> notes.items().size() == 1);
            site.restart();
            writer.put("/api/notes/2", new Note("two", "open"));
            await().atMost(PATIENCE).until(() -> notes.items().size() == 2);
            assertThat(notes.state().isConnected()).isTrue();
        }
    }

    @Test
    void it_is_told_anew_when_the_network_was_cut_and_shows_the_old_state_until_then()
            throws Exception {
        writer.put("/api/notes/1", new Note("one", "open"));
        try (Live<JsonNode> notes = client.live("/api", JsonNode.class)) {
            waitFor(notes);
            site.network().cut();
            assertThat(notes.items()).containsOnlyKeys("/api/notes/1");
            writer.batch(List.of(
                    Operation.put("/api/notes/1", new Note("other", "open")),
                    Operation.put("/api/lists/2", new Note("two", "open"))));
            await().atMost(PATIENCE).until(() -> notes.items().size() == 2);
            assertThat(item(notes, "/api/notes/1").value().path("title").asString())
                    .isEqualTo("other");
        }
    }

    @Test
    void what_it_shows_has_the_version_to_write_with() throws Exception {
        writer.put("/api/notes/1", new Note("one", "open"));
        try (Live<Note> window = client.live("/api/notes?sort=-title&limit=1", Note.class)) {
            waitFor(window);
            writer.put("/api/notes/2", new Note("two", "open"));
            await().atMost(PATIENCE).until(() -> window.items().containsKey("2"));
            writer.delete("/api/notes/2");
            await().atMost(PATIENCE).until(() -> window.items().containsKey("1"));
            Stored<Note> one = item(window, "1");
            writer.put("/api/notes/1", new Note("uno", "open"), Write.plain().ifMatch(one.etag()));
        }
    }

    @Test
    void what_the_server_will_not_show_fails() {
        try (Live<Note> live = client.live("/api/notes?filter=size >", Note.class)) {
            assertThatThrownBy(
                            () -> live.ready().orTimeout(20, TimeUnit.SECONDS).join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(Problem.class);
            assertThat(live.state().failure()).isPresent();
        }
    }
}
