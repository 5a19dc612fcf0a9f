package dev.genstore.server.remote;

import tools.jackson.databind.JsonNode;

import java.util.Optional;

/**
 * Some of a list.
 *
 * @param items its resources
 * @param position of the state that it was read from
 * @param next where it goes on, if it does
 */
public record Page(Iterable<JsonNode> items, String position, Optional<Place> next) {
    static Page of(JsonNode list) {
        return new Page(
                list.path("items"),
                list.path("position").asString(""),
                Optional.ofNullable(list.get("next")).map(JsonNode::asString).map(Place::new));
    }

    /** Reads the page at this place. */
    public static Page read(Remote remote, Place place) {
        return of(remote.send(Call.of("GET", place)).tree());
    }
}
