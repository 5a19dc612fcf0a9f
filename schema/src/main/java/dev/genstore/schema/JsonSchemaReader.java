package dev.genstore.schema;

import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.store.Schema;
import dev.genstore.store.SchemaReader;

import tools.jackson.databind.JsonNode;

/**
 * Reads schemas in JSON Schema of draft 2020-12. A schema is one document: nothing outside of it is
 * ever fetched. As the draft has it, {@code format} and the keywords that it does not know are
 * remarks.
 *
 * <p>Thread-safe. The library is not loaded before the first schema.
 */
public final class JsonSchemaReader implements SchemaReader {
    @Override
    public Schema read(JsonNode json) {
        if (Json.write(json).length > SchemaLimits.BYTES_MAX) {
            throw wrong("A schema has at most " + SchemaLimits.BYTES_MAX + " bytes of JSON.");
        }
        JsonNode own = json.deepCopy();
        Draft.requireFitting(own);
        new Rules().require(own);
        var schema = new JsonSchema(own, Draft.compile(own));
        requireEnd(schema);
        return schema;
    }

    /** What has no end for an empty object has none for others. */
    private static void requireEnd(JsonSchema schema) {
        try {
            schema.check(Json.EMPTY);
        } catch (Problem tooCostly) {
            throw wrong(
                    "To check an empty object against this schema goes too deep, or takes too many"
                            + " steps; perhaps it asks itself about the same value.");
        }
    }

    private static Problem wrong(String detail) {
        return ProblemType.INVALID_DEFINITION.at("", detail);
    }
}
