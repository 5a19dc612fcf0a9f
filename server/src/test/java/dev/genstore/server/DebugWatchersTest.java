package dev.genstore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.auth.ApiKeys;
import dev.genstore.embedded.Genstore;
import dev.genstore.server.config.Setting;
import dev.genstore.server.config.SettingsReader;
import dev.genstore.wire.RollCall;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who watches, as {@code /debug/watchers} tells it. */
class DebugWatchersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SENT_BYTES = 900_000;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Socket> sockets = new ArrayList<>();
    private Path folder;
    private Genstore store;

    @BeforeEach
    void start(@TempDir Path given) throws IOException {
        folder = given;
        var reader = new SettingsReader(Map.of(), folder);
        store = Server.start(reader.read(Map.of(Setting.PORT, "0", Setting.DATA, "data")));
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        store.close();
        client.close();
    }

    @Test
    void it_tells_who_watches_what_and_up_to_where() throws Exception {
        store.resources().create("notes", "{}".getBytes(StandardCharsets.UTF_8));
        watch("/api/notes?since=0&status=secret");
        JsonNode watcher = await().atMost(PATIENCE)
                .until(
                        () -> watchers("").get(0),
                        it -> it.path("position").asString().endsWith("-1"));
        assertThat(watcher.get("transport").stringValue()).isEqualTo("sse");
        assertThat(watcher.get("url").stringValue()).isEqualTo("/api/notes");
        assertThat(watcher.get("watches").intValue()).isEqualTo(1);
        assertThat(watcher.get("lag").intValue()).isZero();
        assertThat(watcher.get("address").stringValue()).isEqualTo("127.0.0.1");
        assertThat(watcher.get("principal").stringValue()).isEqualTo("nobody");
        assertThat(watcher.get("since").stringValue()).endsWith("Z");
    }

    @Test
    void who_is_furthest_behind_comes_first_and_the_others_are_left_out() throws Exception {
        watch("/api/quick");
        watch("/api/slow");
        byte[] large =
                ("{\"a\":\"" + "x".repeat(SENT_BYTES) + "\"}").getBytes(StandardCharsets.UTF_8);
        await().atMost(PATIENCE).until(() -> {
            store.resources().create("slow", large);
            JsonNode both = watchers("");
            JsonNode first = watchers("?limit=1");
            return lag(both, 0) > lag(both, 1)
                    && url(both, 0).equals("/api/slow")
                    && url(both, 1).equals("/api/quick")
                    && first.size() == 1
                    && url(first, 0).equals("/api/slow");
        });
    }

    private static int lag(JsonNode watchers, int place) {
        return watchers.path(place).path("lag").intValue();
    }

    private static String url(JsonNode watchers, int place) {
        return watchers.path(place).path("url").asString();
    }

    @Test
    void of_a_hundred_and_one_who_watch_a_hundred_are_listed() throws Exception {
        for (int i = 0; i < DebugWatchers.WATCHERS + 1; i++) {
            watch("/api/notes");
        }
        assertThat(watchers("")).hasSize(100);
        assertThat(watchers("?limit=1000")).hasSize(101);
    }

    @Test
    void a_limit_that_is_none_is_refused() throws Exception {
        for (String limit : List.of("0", "1001", "-1", "many", "")) {
            assertThat(get("/debug/watchers?limit=" + limit).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void the_last_hundred_ends_are_told_with_their_cause() throws Exception {
        for (int i = 0; i <= RollCall.ENDS_MAX; i++) {
            watch(i == 0 ? "/api/first" : "/api/notes").close();
        }
        await().atMost(PATIENCE)
                .until(() -> get("/metrics").body(), it -> it.contains("genstore_watchers 0.0"));
        JsonNode ends = read("").get("disconnects");
        assertThat(ends).hasSize(RollCall.ENDS_MAX);
        assertThat(ends).allSatisfy(end -> {
            assertThat(end.get("cause").stringValue()).isIn("client-closed", "connection-lost");
            assertThat(end.get("url").stringValue()).isEqualTo("/api/notes");
        });
    }

    @Test
    void it_is_for_those_who_may_read_the_figures_and_the_page_is_for_everybody() throws Exception {
        ApiKeys keys = ApiKeys.in(folder.resolve("data"));
        String other = keys.create("other", Set.of("notes"), null).text();
        String metrics = keys.create("metrics", Set.of("metrics"), null).text();
        await().atMost(PATIENCE).until(store::isLocked);
        assertThat(get("/debug/watchers").statusCode()).isEqualTo(401);
        assertThat(status("/debug/watchers", other)).isEqualTo(403);
        assertThat(status("/debug/watchers", metrics)).isEqualTo(200);
        assertThat(get("/console").statusCode()).isEqualTo(200);
        assertThat(get("/console/nothing.js").statusCode()).isEqualTo(404);
    }

    @Test
    void the_console_with_a_slash_behind_it_is_the_console() throws Exception {
        ApiKeys.in(folder.resolve("data")).create("me", Set.of("admin"), null);
        await().atMost(PATIENCE).until(store::isLocked);
        HttpResponse<String> answer = get("/console/");
        assertThat(answer.statusCode()).isEqualTo(308);
        assertThat(answer.headers().firstValue("Location")).hasValue("/console");
        assertThat(get("/openapi.json").body()).doesNotContain("\"/console/\"");
    }

    /** Watches by a socket that reads no more than the beginning. */
    private Socket watch(String path) throws IOException {
        var socket = new Socket(store.address().getAddress(), store.address().getPort());
        sockets.add(socket);
        String head = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:"
                + store.address().getPort() + "\r\nAccept: text/event-stream\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 200");
        return socket;
    }

    private JsonNode watchers(String query) throws Exception {
        return read(query).get("watchers");
    }

    private JsonNode read(String query) throws Exception {
        HttpResponse<String> answer = get("/debug/watchers" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private int status(String path, String key) throws Exception {
        HttpRequest asked =
                request(path).header("Authorization", "Bearer " + key).build();
        return client.send(asked, BodyHandlers.discarding()).statusCode();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + store.address().getPort() + path));
    }
}
