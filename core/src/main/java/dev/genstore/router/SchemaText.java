package dev.genstore.router;

import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.resource.StrictJson;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;

/** JSON Schemas as they stand in a program. */
final class SchemaText {
    private SchemaText() {}

    /**
     * Reads a schema.
     *
     * @throws IllegalArgumentException when it is no JSON object
     */
    static Json read(String text) {
        JsonNode tree = tree(text);
        if (!tree.isObject()) {
            throw new IllegalArgumentException("a schema is an object, not " + text);
        }
        return Json.trusted(Json.write(tree));
    }

    private static JsonNode tree(String text) {
        try {
            return StrictJson.tree(text.getBytes(StandardCharsets.UTF_8));
        } catch (Problem problem) {
            throw new IllegalArgumentException(problem.detail() + " " + text, problem);
        }
    }
}
