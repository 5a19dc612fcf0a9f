package dev.genstore.checks.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.genstore.changelog.Changelog;
import dev.genstore.checks.harness.Http;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.embedded.GenstoreBuilder;
import dev.genstore.store.Retention;

import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every event is a CloudEvent to the SDKs of Java and of npm, and says to them what it says. */
@ExtendWith(Clients.class)
class CloudEventsTest {
    private static final String SINGLE = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final List<String> TARGETS = List.of("/api", "/api/notes", "/api/notes/7");
    private static final List<String> STARTS = List.of("0", "elsewhere-3", "999");

    private static final JsonMapper TREES = new JsonMapper();
    private static final JsonFormat FORMAT = new JsonFormat();
    private static final ObjectMapper BATCHES =
            new ObjectMapper().registerModule(JsonFormat.getCloudEventJacksonModule());

    @TempDir
    private Path folder;

    private final Set<String> types = new TreeSet<>();

    @ParameterizedTest
    @ValueSource(strings = {"full", "patch", "none"})
    void events_of_every_type_are_cloud_events(String data) {
        try (var server = TestServer.start(folder)) {
            write(new Http(server));
            for (String target : TARGETS) {
                for (String start : STARTS) {
                    check(server, target + "?since=" + start + "&data=" + data);
                }
            }
        }
        assertThat(types).containsExactly("created", "deleted", "reset", "synced", "updated");
    }

    @Test
    void so_is_the_reset_when_history_is_gone() {
        try (var server = TestServer.start(folder, CloudEventsTest::forgetful)) {
            write(new Http(server));
            await().atMost(Journal.PATIENCE).until(() -> server.store().horizonRevision() > 0);
            check(server, "/api?since=0");
        }
        assertThat(types).contains("reset", "synced");
    }

    private static GenstoreBuilder forgetful(GenstoreBuilder builder) {
        return builder.retention(new Retention(Duration.ofDays(1), 1))
                .memory(new Changelog.Memory(1, 1));
    }

    /** Checks what this URL tells, one event at a time and as pages. */
    private void check(TestServer server, String target) {
        for (String event : stream(server, target)) {
            types.add(TREES.readTree(event).path("type").asString());
            checkSame("[" + event + "]", List.of(FORMAT.deserialize(utf8(event))));
            checkSame("[" + event + "]", Clients.node().parse(SINGLE, event));
        }
        for (String page : pages(new Http(server), target)) {
            checkSame(page, batch(page));
            checkSame(page, Clients.node().parse(BATCH, page));
        }
    }

    private static List<CloudEvent> batch(String page) {
        try {
            return List.of(BATCHES.readValue(page, CloudEvent[].class));
        } catch (JsonProcessingException unreadable) {
            throw new AssertionError(page, unreadable);
        }
    }

    private static void checkSame(String sent, List<CloudEvent> parsed) {
        String again = parsed.stream()
                .map(event -> new String(FORMAT.serialize(event), StandardCharsets.UTF_8))
                .collect(Collectors.joining(",", "[", "]"));
        checkSame(sent, TREES.readTree(again));
    }

    /** What was sent is there; an SDK may add what the specification says when something is absent. */
    private static void checkSame(String sent, JsonNode parsed) {
        JsonNode expected = TREES.readTree(sent);
        assertThat(parsed.size()).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            for (String name : expected.get(i).propertyNames()) {
                assertThat(value(parsed.get(i), name))
                        .as("%s of %s", name, expected.get(i))
                        .isEqualTo(value(expected.get(i), name));
            }
        }
    }

    private static Object value(JsonNode event, String name) {
        JsonNode value = event.path(name);
        return "time".equals(name) ? Instant.parse(value.asString()) : value;
    }

    /** The lines up to the first {@code synced}. */
    private static List<String> stream(TestServer server, String target) {
        var request = HttpRequest.newBuilder(server.url(target))
                .header("Accept", "application/x-ndjson")
                .build();
        var told = new ArrayList<String>();
        HttpClient client = HttpClient.newHttpClient();
        try (Stream<String> lines =
                client.sendAsync(request, BodyHandlers.ofLines()).join().body()) {
            Iterator<String> each = lines.iterator();
            do {
                told.add(each.next());
            } while (!told.getLast().contains("\"type\":\"synced\""));
            return told;
        } finally {
            client.shutdownNow();
        }
    }

    /** All pages up to the empty one, that too. */
    private static List<String> pages(Http http, String target) {
        var pages = new ArrayList<String>();
        String next = target;
        do {
            HttpResponse<String> page = http.get(next, "Accept", BATCH);
            assertThat(page.statusCode()).isEqualTo(200);
            pages.add(page.body());
            next = page.headers().firstValue("Link").orElseThrow().replaceFirst("<(.*)>.*", "$1");
        } while (!pages.getLast().equals("[]"));
        return pages;
    }

    private static void write(Http http) {
        send(http, "PUT", "/api/notes/7", "{\"title\":\"één €\",\"done\":false,\"tags\":[\"a\"]}");
        send(http, "PUT", "/api/todos/x", "{\"deep\":{\"one\":1,\"two\":null}}");
        send(http, "PUT", "/api/notes/7", "{\"title\":\"two\\n😀\",\"tags\":[\"a\",\"b\"]}");
        send(http, "PUT", "/api/notes/7", "{\"title\":null}");
        send(http, "DELETE", "/api/notes/7", "");
        send(http, "PUT", "/api/notes/7", "{\"title\":\"back\"}");
    }

    private static void send(Http http, String method, String target, String body) {
        var response = http.send(method, target, body, "Request-Id", "write-" + body.length());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
