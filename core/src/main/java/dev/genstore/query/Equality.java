package dev.genstore.query;

import tools.jackson.databind.JsonNode;

import java.util.List;

/**
 * That a member has one of these values: a condition that can be looked up.
 *
 * @param path of the member
 * @param values nulls, booleans, numbers or texts
 */
public record Equality(List<String> path, List<JsonNode> values) {
    public Equality {
        path = List.copyOf(path);
        values = List.copyOf(values);
    }
}
