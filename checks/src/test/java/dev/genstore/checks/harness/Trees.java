package dev.genstore.checks.harness;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON as trees, as a client of any kind reads it. */
public final class Trees {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Trees() {}

    public static JsonNode read(String text) {
        return MAPPER.readTree(text);
    }
}
