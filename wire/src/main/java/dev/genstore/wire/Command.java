package dev.genstore.wire;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.StrictJson;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What a client says on a WebSocket: what else it wants to be told there, and what no more. */
sealed interface Command {
    /** Tell me of this URL, from this position on or from now on. */
    record Watch(String url, @Nullable String since) implements Command {}

    /** Tell me no more of this URL. */
    record Unwatch(String url) implements Command {}

    /**
     * Reads a message.
     *
     * @throws dev.genstore.resource.Problem 400 when it is none of these
     */
    static Command read(String message) {
        JsonNode tree = StrictJson.tree(message.getBytes(StandardCharsets.UTF_8));
        Set<String> names = tree.isObject() ? Set.copyOf(tree.propertyNames()) : Set.of();
        if (names.equals(Set.of("unwatch"))) {
            return new Unwatch(url(tree.get("unwatch")));
        }
        if (names.equals(Set.of("watch"))) {
            return new Watch(url(tree.get("watch")), null);
        }
        if (names.equals(Set.of("watch", "since"))) {
            return new Watch(url(tree.get("watch")), position(tree.get("since")));
        }
        throw wrong();
    }

    private static String url(JsonNode value) {
        if (!value.isString()) {
            throw wrong();
        }
        return value.stringValue();
    }

    /** A revision may be given as a number. */
    private static String position(JsonNode value) {
        if (!value.isString() && !value.isIntegralNumber()) {
            throw wrong();
        }
        return value.isString() ? value.stringValue() : value.toString();
    }

    private static Problem wrong() {
        return ProblemType.INVALID_COMMAND.because(
                "A command is {\"watch\":\"/api/notes\"}, to which \"since\":\"<position>\" may be"
                        + " added, or {\"unwatch\":\"/api/notes\"}.");
    }
}
