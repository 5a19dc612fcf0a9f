package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.Settings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Batches, times and windows are told on a watch that was commanded as on any other. */
class CommandedEventsTest {
    private static final String NOTES = "/api/notes";
    private static final String BEST = "/api/games?sort=-score&limit=1";

    @TempDir
    private Path folder;

    private CountedServer server;
    private RestClient client;

    @BeforeEach
    void start() {
        server = CountedServer.start(folder, Settings.defaults());
        client = new RestClient(server.store().address().getPort());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void the_events_of_a_batch_name_its_last_change_and_a_synced_ends_it() {
        try (var socket = open()) {
            socket.watch(NOTES);
            assertThat(brief(socket.read())).isEqualTo("synced 0 ");
            batch("notes/1", "notes/2", "tasks/1");
            assertThat(next(socket, 3)).containsExactly("created 1 3", "created 2 3", "synced 3 ");
            client.put("/api/notes/3", "{}");
            assertThat(next(socket, 1)).containsExactly("created 4 ");
        }
    }

    @Test
    void a_position_inside_a_batch_gives_the_rest_of_it() {
        batch("notes/1", "notes/2", "tasks/1", "notes/3", "tasks/2");
        try (var socket = open()) {
            socket.watch(NOTES, position("1"));
            assertThat(next(socket, 3)).containsExactly("created 2 5", "created 4 5", "synced 5 ");
        }
    }

    @Test
    void who_made_a_batch_is_told_with_each_of_its_events() {
        try (var socket = open()) {
            socket.watch("/api");
            socket.read();
            batch("notes/1", "tasks/1");
            assertThat(List.of(socket.read(), socket.read()))
                    .allMatch(event -> event.get("origin").stringValue().equals("me"))
                    .allMatch(event -> event.get("watch").stringValue().equals("/api"));
        }
    }

    @Test
    void a_watch_may_begin_at_a_time() {
        client.put("/api/notes/1", "{}");
        client.put("/api/notes/2", "{}");
        try (var socket = open()) {
            watchSince(socket, "2000-01-01T00:00:00Z");
            assertThat(next(socket, 3)).containsExactly("created 1 ", "created 2 ", "synced 2 ");
            socket.unwatch(NOTES);
            watchSince(socket, "9999-12-31T23:59:59Z");
            assertThat(next(socket, 1)).containsExactly("synced 2 ");
            client.put("/api/notes/3", "{}");
            assertThat(next(socket, 1)).containsExactly("created 3 ");
        }
    }

    @Test
    void behind_the_first_of_two_events_of_one_change_comes_the_second() {
        client.put("/api/games/a", "{\"score\":1}");
        try (var socket = open()) {
            socket.watch(BEST, position("1"));
            assertThat(next(socket, 1)).containsExactly("synced 1 ");
            client.put("/api/games/b", "{\"score\":2}");
            assertThat(next(socket, 2)).containsExactly("deleted 1.1 ", "created 2 ");
            socket.unwatch(BEST);
            socket.watch(BEST, position("1.1"));
            assertThat(next(socket, 2)).containsExactly("created 2 ", "synced 2 ");
        }
    }

    private CommandedSocket open() {
        return CommandedSocket.open(server.connect());
    }

    /** There is no position yet that the answer could name. */
    private static void watchSince(CommandedSocket socket, String time) {
        JsonNode answer = socket.send(CommandedSocket.watching(NOTES, time)).answer();
        assertThat(answer.propertyNames()).containsExactly("watching");
    }

    private static List<String> next(CommandedSocket socket, int count) {
        return Stream.generate(socket::read)
                .limit(count)
                .map(CommandedEventsTest::brief)
                .toList();
    }

    /** Its type, its number, and that of the end of its batch. */
    private static String brief(JsonNode event) {
        return event.get("type").stringValue() + " " + number(event.get("id").stringValue()) + " "
                + number(event.path("commit").asString(""));
    }

    private static String number(String position) {
        return position.substring(position.indexOf('-') + 1);
    }

    private String position(String number) {
        return server.store().resources().epoch() + "-" + number;
    }

    private void batch(String... paths) {
        List<String> operations = Stream.of(paths)
                .map(path -> "{\"method\":\"PUT\",\"url\":\"/api/" + path + "\",\"body\":{}}")
                .toList();
        client.post(
                "/api/_batch",
                "{\"operations\":[" + String.join(",", operations) + "]}",
                "Request-Id",
                "me");
    }
}
