package dev.genstore.checks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client of the REST API whose requests must succeed. Thread-safe. */
public final class RestClient {
    private final int port;

    public RestClient(int port) {
        this.port = port;
    }

    /** Makes or replaces the resource at this path. */
    public Answer put(String path, String json, String... headers) {
        return send("PUT", path, "application/json", json, headers);
    }

    public Answer post(String path, String json, String... headers) {
        return send("POST", path, "application/json", json, headers);
    }

    /** Applies a merge patch. */
    public Answer patch(String path, String json, String... headers) {
        return send("PATCH", path, "application/merge-patch+json", json, headers);
    }

    public Answer delete(String path, String... headers) {
        return send("DELETE", path, "", "", headers);
    }

    /** A list that is asked for by a body. */
    public Answer query(String path, String json) {
        return send("QUERY", path, "application/json", json);
    }

    public Answer get(String target, String... headers) {
        return send("GET", target, "", "", headers);
    }

    /** The items of a list, with those of all further pages. */
    public List<JsonNode> items(String target) {
        Answer page = get(target);
        var items = new ArrayList<>(page.json().path("items").valueStream().toList());
        while (page.header("Link").isPresent()) {
            page = get(page.json().path("next").asString());
            items.addAll(page.json().path("items").valueStream().toList());
        }
        return items;
    }

    /** Where the store is now. */
    public String position() {
        return get("/api").json().path("position").asString();
    }

    /** The position that an answer's ETag names. */
    public static String position(Answer answer) {
        String tag = answer.header("ETag").orElseThrow();
        return tag.substring(1, tag.length() - 1);
    }

    private Answer send(
            String method, String target, String contentType, String body, String... headers) {
        List<Field> fields = RawHttp.fields(headers);
        if (!contentType.isEmpty()) {
            fields.add(new Field("Content-Type", contentType));
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Answer answer = RawHttp.send(port, method, target, fields, bytes);
        assertThat(answer.status()).as("%s %s: %s", method, target, answer).isBetween(200, 299);
        return answer;
    }
}
