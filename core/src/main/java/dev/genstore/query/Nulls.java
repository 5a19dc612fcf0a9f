package dev.genstore.query;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is known of who asks has no nulls in it: otherwise {@code resource.team in auth.teams} would let
 * one whose issuer writes {@code [null]} see all that has no team.
 */
final class Nulls {
    private Nulls() {}

    /** The same value without the elements and members that are null, at every depth. */
    static JsonNode leftOut(JsonNode value) {
        return switch (value) {
            case ArrayNode list -> ofList(list);
            case ObjectNode object -> ofObject(object);
            default -> value;
        };
    }

    private static JsonNode ofList(ArrayNode list) {
        ArrayNode known = JsonNodeFactory.instance.arrayNode(list.size());
        for (JsonNode element : list) {
            if (!element.isNull()) {
                known.add(leftOut(element));
            }
        }
        return known;
    }

    private static JsonNode ofObject(ObjectNode object) {
        ObjectNode known = JsonNodeFactory.instance.objectNode();
        for (var member : object.properties()) {
            if (!member.getValue().isNull()) {
                known.set(member.getKey(), leftOut(member.getValue()));
            }
        }
        return known;
    }
}
