package dev.genstore.checks.promise;

import static java.util.Objects.requireNonNull;

import dev.genstore.checks.harness.Told;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a client makes of the events that it is told. Confined to one thread. */
final class Replica {
    private final Map<String, JsonNode> resources = new HashMap<>();

    void take(Told told) {
        String key = told.source() + "/" + told.subject();
        switch (told.type()) {
            case "created", "updated" -> resources.put(key, after(told, key));
            case "deleted" -> resources.remove(key);
            case "reset" -> resources.clear();
            default -> {}
        }
    }

    private JsonNode after(Told told, String key) {
        if (!told.json().path("patch").asBoolean()) {
            return told.data();
        }
        JsonNode before = resources.get(key);
        return merged(requireNonNull(before, "a patch of what was never told"), told.data());
    }

    /** The algorithm of RFC 7396, 2. */
    private static JsonNode merged(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode merged = target instanceof ObjectNode object
                ? object.deepCopy()
                : ((ObjectNode) patch).objectNode();
        for (Map.Entry<String, JsonNode> member : patch.properties()) {
            if (member.getValue().isNull()) {
                merged.remove(member.getKey());
            } else {
                merged.set(
                        member.getKey(), merged(merged.path(member.getKey()), member.getValue()));
            }
        }
        return merged;
    }

    /** The resources, in order of revision. */
    List<JsonNode> resources() {
        return resources.values().stream()
                .sorted(Comparator.comparingLong(
                        resource -> resource.path("_revision").asLong()))
                .toList();
    }
}
