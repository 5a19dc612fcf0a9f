package dev.genstore.checks.apidocs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Told;
import dev.genstore.checks.harness.Trees;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import tools.jackson.databind.JsonNode;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What watchers are told is as the AsyncAPI document says. */
class EventsTest {
    private static final String SCHEMA =
            "{\"schema\":{\"properties\":{\"title\":{\"type\":\"string\"}}}}";

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private TestServer server;
    private RestClient client;
    private DescribedApi described;

    @BeforeEach
    void start() {
        server = TestServer.start();
        client = new RestClient(server.port());
        client.put("/api/_collections/notes", SCHEMA);
        described = new DescribedApi(client.get("/asyncapi.json").text());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private List<String> errors(String channel, String message, JsonNode told) {
        JsonNode reference =
                described.document().at("/channels/" + channel + "/messages/" + message);
        assertThat(reference.isObject()).as("%s of %s", message, channel).isTrue();
        JsonNode payload = described
                .document()
                .at(reference.get("$ref").stringValue().substring(1))
                .get("payload");
        return described.errors(payload, told);
    }

    private void assertDescribed(String channel, Told told) {
        assertThat(errors(channel, told.type(), told.json())).as("%s", told).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(FollowBy.class)
    void changes_of_a_collection_are_as_its_channel_says(FollowBy way) {
        String from = client.position();
        client.post("/api/notes", "{\"id\":\"7\",\"title\":\"hi\"}", "Request-Id", "me");
        client.patch("/api/notes/7", "{\"title\":\"ho\"}", "traceparent", TRACE);
        client.post(
                "/api/_batch",
                "{\"operations\":[{\"method\":\"DELETE\",\"url\":\"/api/notes/7\"},"
                        + "{\"method\":\"PUT\",\"url\":\"/api/notes/8\",\"body\":{}}]}");
        for (String data : List.of("full", "patch", "none")) {
            try (Follower watcher = way.follow(server, "/api/notes?data=" + data, from)) {
                Stream.generate(watcher::nextChange)
                        .limit(4)
                        .forEach(told -> assertDescribed("listResources.notes", told));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(FollowBy.class)
    void what_leaves_a_window_for_another_is_as_its_channel_says(FollowBy way) {
        client.put("/api/notes/8", "{\"title\":\"b\"}");
        try (Follower watcher =
                way.follow(server, "/api/notes?sort=title&limit=1", client.position())) {
            client.put("/api/notes/7", "{\"title\":\"a\"}");
            Told left = watcher.nextChange();
            assertThat(left.id()).endsWith(".1");
            assertDescribed("listResources.notes", left);
            Told came = watcher.nextChange();
            assertThat(came.type()).isEqualTo("created");
            assertDescribed("listResources.notes", came);
        }
    }

    @Test
    void what_tells_of_no_resource_is_as_its_channel_says() {
        try (Follower watcher = FollowBy.NDJSON.follow(server, "/api/notes", "elsewhere1-7")) {
            Told reset = watcher.next();
            assertThat(reset.isReset()).isTrue();
            assertDescribed("listResources", reset);
            Told synced = watcher.next();
            assertThat(synced.isSynced()).isTrue();
            assertDescribed("listResources", synced);
        }
    }

    @Test
    void every_url_that_can_be_watched_is_a_channel() {
        assertThat(described
                        .document()
                        .get("channels")
                        .propertyStream()
                        .map(each -> each.getValue().get("address").stringValue()))
                .containsExactlyInAnyOrder(
                        "/api",
                        "/api/{collection}",
                        "/api/{collection}/{id}",
                        "/openapi.json",
                        "/asyncapi.json",
                        "/api/_collections",
                        "/api/_collections/{id}",
                        "/api/notes",
                        "/api/notes/{id}",
                        "/api/_watch");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "watchCommand   | {\"watch\":\"/api/notes\",\"since\":\"0\"}   | watching",
                "watchCommand   | {\"watch\":\"/api/notes\"}                 | watching",
                "watchCommand   | {\"watch\":\"/api/notes\",\"since\":0}     | watching",
                "watchCommand   | {\"watch\":\"/api/notes\",\"since\":\"0.1\"} | watching",
                "watchCommand   | {\"watch\":\"/api/notes\",\"since\":\"2001-01-01T00:00:00Z\"} | watching",
                "unwatchCommand | {\"unwatch\":\"/api/notes\"}               | refused",
            })
    void commands_and_their_answers_are_as_the_socket_says(
            String command, String text, String answer) throws Exception {
        assertThat(errors("socket", command, Trees.read(text))).isEmpty();
        JsonNode said = answer(text);
        assertThat(errors("socket", answer, said)).as("%s", said).isEmpty();
    }

    @Test
    void what_is_no_command_is_none_by_the_document_either() {
        JsonNode none = Trees.read("{\"watch\":\"/api/notes\",\"data\":\"full\"}");
        assertThat(errors("socket", "watchCommand", none)).isNotEmpty();
    }

    @Test
    void what_is_told_of_a_commanded_watch_and_its_end_are_as_the_socket_says() throws Exception {
        var heard = new Heard();
        WebSocket socket = socket(heard);
        send(socket, "{\"watch\":\"/api/notes\",\"since\":\"0\"}");
        assertThat(errors("socket", "watching", heard.next("watching"))).isEmpty();
        client.put("/api/notes/7", "{\"title\":\"hi\"}");
        JsonNode created = heard.next("subject");
        assertThat(created.get("watch").stringValue()).isEqualTo("/api/notes");
        assertThat(errors("socket", "created", created)).as("%s", created).isEmpty();
        String end = "{\"unwatch\":\"/api/notes\"}";
        assertThat(errors("socket", "unwatchCommand", Trees.read(end))).isEmpty();
        send(socket, end);
        JsonNode unwatched = heard.next("unwatched");
        assertThat(errors("socket", "unwatched", unwatched)).as("%s", unwatched).isEmpty();
        socket.abort();
    }

    private JsonNode answer(String command) throws Exception {
        var heard = new Heard();
        WebSocket socket = socket(heard);
        send(socket, command);
        JsonNode said = heard.next();
        socket.abort();
        return said;
    }

    private WebSocket socket(Heard heard) throws Exception {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(server.socketUrl("/api/_watch"), heard)
                .get(20, TimeUnit.SECONDS);
    }

    private static void send(WebSocket socket, String command) throws Exception {
        socket.sendText(command, true).get(20, TimeUnit.SECONDS);
    }

    /** Keeps whole messages; those of these tests come in one piece. */
    private static final class Heard implements WebSocket.Listener {
        private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

        private JsonNode next() throws InterruptedException {
            return Trees.read(String.valueOf(texts.poll(20, TimeUnit.SECONDS)));
        }

        /** The next one that has this member. */
        private JsonNode next(String member) throws InterruptedException {
            JsonNode said = next();
            while (!said.isNull() && !said.has(member)) {
                said = next();
            }
            return said;
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence text, boolean last) {
            texts.add(text.toString());
            socket.request(1);
            return null;
        }
    }
}
