package dev.genstore.server.remote;

import dev.genstore.resource.Json;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;

/**
 * What a watcher is told. Immutable.
 *
 * @param line as it came
 * @param tree the same, to look into
 */
public record Event(String line, JsonNode tree) {
    public static Event of(String line) {
        byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
        return new Event(line, Json.trusted(utf8).tree());
    }

    /** The position behind it. */
    public String id() {
        return member("id");
    }

    public String type() {
        return member("type");
    }

    /** What it is about, or nothing for what is about no resource. */
    public String subject() {
        return member("subject");
    }

    public String source() {
        return member("source");
    }

    /** An attribute that is a text; empty when there is none. */
    public String member(String name) {
        return tree.path(name).asString("");
    }

    /** Whether it only says that all has been told. */
    public boolean isSynced() {
        return type().equals("synced");
    }
}
