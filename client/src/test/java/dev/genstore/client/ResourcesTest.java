package dev.genstore.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** Reads and writes of a real server. */
class ResourcesTest {
    @TempDir
    private static Path folder;

    private static Site site;
    private static GenstoreClient client;

    record Note(@Nullable String id, String title, @Nullable Integer size) {
        static Note of(String title) {
            return new Note(null, title, null);
        }
    }

    @BeforeAll
    static void start() {
        site = new Site(folder);
        client = GenstoreClient.of(site.url() + "/");
    }

    @AfterAll
    static void stop() {
        client.close();
        site.close();
    }

    @Test
    void what_is_written_is_read_as_it_was() {
        Stored<Note> made = client.create("/api/notes", Note.of("één 😀"));
        String path = "/api/notes/" + made.value().id();
        assertThat(client.get(path, Note.class)).isEqualTo(made);
        Stored<Note> put = client.put(path, Note.of("two"));
        assertThat(put.value()).isEqualTo(new Note(made.value().id(), "two", null));
        assertThat(client.patch(path, Map.of("size", 3), Note.class).value().size())
                .isEqualTo(3);
        var operation = List.of(Map.of("op", "replace", "path", "/title", "value", "three"));
        assertThat(client.patch(path, operation, Note.class).value().title()).isEqualTo("three");
        assertThat(client.delete(path)).contains("-");
        assertThatThrownBy(() -> client.get(path, Note.class))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(404);
                    assertThat(problem.type()).isEqualTo("/problems/not-found");
                });
    }

    @Test
    void what_is_known_is_not_sent_again() {
        Stored<Note> made = client.put("/api/known/1", Note.of("one"));
        assertThat(client.get("/api/known/1", Note.class, made)).isSameAs(made);
        Stored<Note> other = client.put("/api/known/1", Note.of("two"));
        assertThat(client.get("/api/known/1", Note.class, made)).isEqualTo(other);
    }

    @Test
    void a_version_that_is_old_is_a_conflict_with_what_is_there() {
        Stored<Note> mine = client.put("/api/races/1", Note.of("one"));
        client.put("/api/races/1", Note.of("two"));
        Write mineOnly = Write.plain().ifMatch(mine.etag());
        assertConflict(() -> client.put("/api/races/1", Note.of("three"), mineOnly), "two");
        assertConflict(() -> client.delete("/api/races/1", mineOnly), "two");
        Write newOnly = Write.plain().ifNew();
        assertConflict(() -> client.put("/api/races/1", Note.of("three"), newOnly), "two");
        Map<String, String> again = Map.of("id", "1", "title", "three");
        assertConflict(() -> client.create("/api/races", again), "two");
        client.delete("/api/races/1");
        assertThatThrownBy(() -> client.put("/api/races/1", Note.of("three"), mineOnly))
                .isInstanceOfSatisfying(
                        Conflict.class,
                        conflict -> assertThat(conflict.current()).isEmpty());
    }

    private static void assertConflict(Runnable write, String title) {
        assertThatThrownBy(write::run).isInstanceOfSatisfying(Conflict.class, conflict -> {
            JsonNode there = conflict.current().orElseThrow().value();
            assertThat(there.path("title").asString()).isEqualTo(title);
        });
    }

    @Test
    void a_list_is_read_page_by_page() {
        IntStream.range(0, 25).forEach(n -> client.put("/api/pages/" + n, Note.of("" + n % 2)));
        String path = "/api/pages?filter=title == \"1\"&limit=5";
        Page<Note> page = client.list(path, Note.class);
        assertThat(page.next()).isPresent();
        assertThat(page.position()).contains("-");
        assertThat(client.listAll(path, Note.class)).hasSize(12);
    }

    @Test
    void a_batch_is_done_whole_or_not_at_all() {
        List<Done> done = client.batch(List.of(
                Operation.put("/api/batch/1", Note.of("one")),
                Operation.post("/api/batch", Note.of("two")),
                Operation.patch("/api/batch/1", Map.of("size", 1)),
                Operation.delete("/api/batch/1")));
        assertThat(done.stream().map(Done::status)).containsExactly(201, 201, 200, 204);
        assertThatThrownBy(() -> client.batch(List.of(
                        Operation.put("/api/batch/1", Note.of("one")),
                        Operation.delete("/api/batch/none"))))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.faults().getFirst().pointer()).isEqualTo("/operations/1");
                });
        assertThatThrownBy(() -> client.batch(List.of(
                        Operation.put("/api/batch/2", Note.of("one")).ifNew(),
                        Operation.put("/api/batch/2", Note.of("two")).ifNew())))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(412));
        assertThat(client.listAll("/api/batch", Note.class)).hasSize(1);
    }

    @Test
    void a_key_makes_a_repetition_harmless() {
        Write once = Write.plain().idempotencyKey("key-1");
        Stored<Note> first = client.create("/api/once", Note.of("one"), once);
        assertThat(client.create("/api/once", Note.of("one"), once)).isEqualTo(first);
    }

    @Test
    void a_writer_knows_its_own_events() {
        try (Events<JsonNode> events = client.watch("/api/own", JsonNode.class).open();
                GenstoreClient other = GenstoreClient.of(site.url().toString())) {
            events.next();
            client.put("/api/own/1", Note.of("mine"));
            other.put("/api/own/1", Note.of("other"));
            other.put("/api/own/1", Note.of("named"), Write.plain().requestId("r-1"));
            assertThat(client.isOwn(change(events))).isTrue();
            assertThat(client.isOwn(change(events))).isFalse();
            assertThat(change(events).origin()).contains("r-1");
        }
    }

    @Test
    void an_event_says_where_in_a_trace_its_writer_was() throws Exception {
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        HttpRequest traced = HttpRequest.newBuilder(site.url().resolve("/api/traced/1"))
                .header("Content-Type", "application/json")
                .header("traceparent", trace)
                .PUT(BodyPublishers.ofString("{}"))
                .build();
        try (Events<JsonNode> events =
                        client.watch("/api/traced", JsonNode.class).open();
                HttpClient other = HttpClient.newHttpClient()) {
            events.next();
            other.send(traced, BodyHandlers.discarding());
            client.put("/api/traced/2", Note.of("untraced"));
            assertThat(change(events).traceparent()).contains(trace);
            assertThat(change(events).traceparent()).isEmpty();
        }
    }

    private static Change change(Events<JsonNode> events) {
        return switch (events.next(Duration.ofSeconds(20)).orElseThrow()) {
            case Event.Created<JsonNode>(Change change, JsonNode data) -> change;
            case Event.Updated<JsonNode>(Change change, JsonNode data) -> change;
            case Event.Deleted<JsonNode>(Change change) -> change;
            case Event.Synced<JsonNode> synced -> throw new AssertionError(synced);
            case Event.Reset<JsonNode> reset -> throw new AssertionError(reset);
        };
    }

    @Test
    void a_refused_token_is_renewed_once_and_a_fixed_one_is_not() throws Exception {
        var sent = new CopyOnWriteArrayList<String>();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            sent.add(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = "{\"title\":\"one\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("ETag", "\"k3f9-1\"");
            int status = sent.getLast().equals("Bearer new") ? 200 : 401;
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (GenstoreClient renewing = GenstoreClient.builder(url)
                        .token(refused -> refused ? "new" : "old")
                        .build();
                GenstoreClient fixed = GenstoreClient.builder(url).token("old").build()) {
            assertThat(renewing.get("/api/notes/1", Note.class).value().title()).isEqualTo("one");
            assertThatThrownBy(() -> fixed.get("/api/notes/1", Note.class))
                    .isInstanceOf(Problem.class);
            assertThat(sent).containsExactly("Bearer old", "Bearer new", "Bearer old");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_server_that_is_not_there_is_said_to_be_so() {
        try (GenstoreClient nobody = GenstoreClient.of("http://127.0.0.1:1")) {
            assertThatThrownBy(() -> nobody.get("/api/notes/1", Note.class))
                    .isInstanceOf(UncheckedIOException.class);
        }
    }
}
