package dev.genstore.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.resource.Json;

import tools.jackson.databind.JsonNode;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Events as lines, and what a test wants to know of them. */
final class Lines {
    /** One event, one line. */
    static final Framing FRAMING =
            event -> (new String(event.json(), UTF_8) + "\n").getBytes(UTF_8);

    private Lines() {}

    static List<JsonNode> read(ByteBuffer frames) {
        return UTF_8.decode(frames).toString().lines().map(Lines::read).toList();
    }

    static JsonNode read(String line) {
        return Json.trusted(line.getBytes(UTF_8)).tree();
    }

    static JsonNode read(Event event) {
        return Json.trusted(event.json()).tree();
    }

    /** Each event in a few words, for example {@code created 5 behind 3}. */
    static List<String> brief(List<JsonNode> events) {
        List<String> brief = new ArrayList<>();
        for (JsonNode event : events) {
            String prev = event.has("prev") ? " behind " + revision(event, "prev") : "";
            brief.add(event.get("type").stringValue() + ' ' + revision(event, "id") + prev);
        }
        return brief;
    }

    private static String revision(JsonNode event, String member) {
        String position = event.get(member).stringValue();
        return position.substring(position.indexOf('-') + 1);
    }
}
