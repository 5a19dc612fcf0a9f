package dev.genstore.client;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.Optional;

/** Makes events of messages. Immutable. */
record Telling<T>(JsonMapper mapper, Class<T> type) {
    /** The event; fails with a {@code JacksonException} where the resource is no such thing. */
    Event<T> event(Message message) {
        JsonNode event = message.event();
        JsonNode data = event.path("data");
        return switch (message.type()) {
            case CREATED -> new Event.Created<>(change(message), value(data));
            case UPDATED -> new Event.Updated<>(change(message), value(data));
            case DELETED -> new Event.Deleted<>(change(message));
            case RESET -> new Event.Reset<>(message.id(), data.path("reason").asString(""));
            case SYNCED, AT ->
                new Event.Synced<>(message.id(), text(data, "expires").map(Instant::parse));
        };
    }

    T value(JsonNode data) {
        return mapper.treeToValue(data, type);
    }

    private static Change change(Message message) {
        JsonNode event = message.event();
        return new Change(
                message.id(),
                event.path("source").asString(""),
                event.path("subject").asString(""),
                Instant.parse(event.path("time").asString("")),
                text(event, "commit"),
                text(event, "origin"),
                text(event, "traceparent"));
    }

    private static Optional<String> text(JsonNode node, String name) {
        @Nullable String text = node.path(name).asString(null);
        return Optional.ofNullable(text);
    }
}
