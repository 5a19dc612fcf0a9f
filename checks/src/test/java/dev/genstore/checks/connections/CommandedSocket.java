package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A WebSocket that is told by commands what to tell. Confined to one thread, which reads. */
final class CommandedSocket implements AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String OWN = "";

    private final RawWebSocket socket;

    /** By the watch that they name, those that came while something else was looked for. */
    private final Map<String, List<JsonNode>> events = new LinkedHashMap<>();

    private CommandedSocket(RawWebSocket socket) {
        this.socket = socket;
    }

    /** One that starts without any watch. */
    static CommandedSocket open(RawConnection connection) {
        return open(connection, "/api/_watch");
    }

    static CommandedSocket open(RawConnection connection, String target, String... fields) {
        return new CommandedSocket(RawWebSocket.open(connection, target, fields));
    }

    RawWebSocket raw() {
        return socket;
    }

    static String watching(String url) {
        return "{\"watch\":" + quoted(url) + "}";
    }

    static String watching(String url, String since) {
        return "{\"watch\":" + quoted(url) + ",\"since\":\"" + since + "\"}";
    }

    static String unwatching(String url) {
        return "{\"unwatch\":" + quoted(url) + "}";
    }

    private static String quoted(String text) {
        return MAPPER.writeValueAsString(text);
    }

    CommandedSocket send(String command) {
        socket.send(RawWebSocket.TEXT, command);
        return this;
    }

    /** Many commands in one piece. */
    CommandedSocket send(List<String> commands) {
        var bytes = new ByteArrayOutputStream();
        for (String command : commands) {
            bytes.writeBytes(RawWebSocket.masked(RawWebSocket.TEXT, command.getBytes(ISO_8859_1)));
        }
        socket.send(bytes.toByteArray());
        return this;
    }

    /** Watches a URL; returns its position. */
    String watch(String url) {
        return watched(url, send(watching(url)).answer());
    }

    String watch(String url, String since) {
        return watched(url, send(watching(url, since)).answer());
    }

    private static String watched(String url, JsonNode answer) {
        assertThat(answer.path("watching").asString("")).as("%s", answer).isEqualTo(url);
        return answer.get("position").stringValue();
    }

    void unwatch(String url) {
        JsonNode answer = send(unwatching(url)).answer();
        assertThat(answer.path("unwatched").asString("")).as("%s", answer).isEqualTo(url);
    }

    /** The last part of the problem's type that a command is answered with. */
    String problem(String command) {
        JsonNode answer = send(command).answer();
        assertThat(answer.has("problem")).as("%s", answer).isTrue();
        return answer.get("problem").get("type").stringValue().replace("/problems/", "");
    }

    /** The answer to the next command that is not answered yet; events are kept for later. */
    JsonNode answer() {
        JsonNode next = read();
        while (next.has("specversion")) {
            keep(next);
            next = read();
        }
        return next;
    }

    /** The next event of this watch; those of others, and answers, are kept or dropped. */
    Told next(String watch) {
        List<JsonNode> kept = events.computeIfAbsent(watch, url -> new ArrayList<>());
        while (kept.isEmpty()) {
            JsonNode next = read();
            if (next.has("specversion")) {
                keep(next);
            }
        }
        return Told.of(kept.removeFirst().toString());
    }

    /** The next event of the URL that it was opened at. */
    Told nextOfItsOwn() {
        return next(OWN);
    }

    /** The changes of this watch up to the one with this revision. */
    List<Long> upTo(String watch, long revision) {
        var revisions = new ArrayList<Long>();
        while (revisions.isEmpty() || revisions.getLast() < revision) {
            Told told = next(watch);
            if (told.isChange()) {
                revisions.add(told.revision());
            }
        }
        return revisions;
    }

    /** The changes of the URL that it was opened at, up to the one with this revision. */
    List<Long> upToOfItsOwn(long revision) {
        return upTo(OWN, revision);
    }

    /** How many events of this watch have come and were not looked at. */
    int unseen(String watch) {
        return events.getOrDefault(watch, List.of()).size();
    }

    /** The next message, whatever it is. */
    JsonNode read() {
        return MAPPER.readTree(socket.text());
    }

    private void keep(JsonNode event) {
        events.computeIfAbsent(event.path("watch").asString(OWN), url -> new ArrayList<>())
                .add(event);
    }

    @Override
    public void close() {
        socket.close();
    }
}
