package dev.genstore.checks.rules;

import dev.genstore.checks.harness.Told;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a client makes of what it is told of notes. Confined to one thread. */
final class Notes {
    private final Map<String, JsonNode> byId = new TreeMap<>();

    void take(Told told) {
        switch (told.type()) {
            case "created", "updated" -> byId.put(told.subject(), told.data());
            case "deleted" -> byId.remove(told.subject());
            case "reset" -> clear();
            default -> {}
        }
    }

    void clear() {
        byId.clear();
    }

    /** In order of their ids. */
    List<JsonNode> all() {
        return List.copyOf(byId.values());
    }
}
