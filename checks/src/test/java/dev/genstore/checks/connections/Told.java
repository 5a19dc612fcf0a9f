package dev.genstore.checks.connections;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an event says.
 *
 * @param revision the one in its id
 * @param reason why it is a reset, else empty
 */
record Told(String type, long revision, String reason) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** Reads a CloudEvent. */
    static Told of(String json) {
        JsonNode event = MAPPER.readTree(json);
        String id = event.path("id").asString();
        return new Told(
                event.path("type").asString(),
                Long.parseLong(id.substring(id.indexOf('-') + 1)),
                event.path("data").path("reason").asString(""));
    }

    boolean isChange() {
        return !type.equals("synced") && !type.equals("reset");
    }
}
