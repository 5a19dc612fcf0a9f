package dev.genstore.checks.crash;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An event as somebody was told it.
 *
 * <p>Immutable, as long as nobody changes {@link #json()}.
 *
 * @param position its id
 * @param type what it says
 * @param json the whole of it
 */
record Telling(String position, String type, JsonNode json) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Pattern POSITION = Pattern.compile("([a-z0-9]+)-([0-9]+)");
    private static final Set<String> OF_CHANGES = Set.of("created", "updated", "deleted");

    static JsonNode tree(String json) {
        return MAPPER.readTree(json);
    }

    static Telling read(String json) {
        return of(tree(json));
    }

    static Telling of(JsonNode json) {
        return new Telling(json.required("id").asString(), json.required("type").asString(), json);
    }

    /** What a client knows that has seen everything up to here. */
    static Telling seenUpTo(String position) {
        return new Telling(position, "synced", MAPPER.createObjectNode());
    }

    static long revision(String position) {
        return Long.parseLong(part(position, 2));
    }

    static String epoch(String position) {
        return part(position, 1);
    }

    private static String part(String position, int group) {
        Matcher matcher = POSITION.matcher(position);
        if (!matcher.matches()) {
            throw new IllegalStateException("not a position: " + position);
        }
        return matcher.group(group);
    }

    long revision() {
        return revision(position);
    }

    boolean isChange() {
        return OF_CHANGES.contains(type);
    }

    /** The path of the resource that has changed. */
    String resource() {
        return json.required("source").asString()
                + '/'
                + json.required("subject").asString();
    }

    /** The writer's name for the write, if it gave one. */
    @Nullable String origin() {
        return json.has("origin") ? json.required("origin").asString() : null;
    }

    /** The revision of the event before it, as it says; its own position's where it says nothing. */
    long previous() {
        return json.has("prev") ? revision(json.required("prev").asString()) : revision();
    }

    @Override
    public String toString() {
        return type + ' ' + position + (isChange() ? ' ' + resource() + " by " + origin() : "");
    }
}
