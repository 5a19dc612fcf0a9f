package dev.genstore.store;

import dev.genstore.resource.ProblemType;

import tools.jackson.databind.JsonNode;

/** Makes schemas of what clients write. Thread-safe. */
@FunctionalInterface
public interface SchemaReader {
    /** Of a store that was put together without one: what needs a schema is refused. */
    SchemaReader NONE = json -> {
        throw ProblemType.INVALID_DEFINITION.at(
                "", "This store was put together without schemas; leave it out.");
    };

    /**
     * The schema that this object says.
     *
     * @throws dev.genstore.resource.Problem 400 {@code invalid-definition} that points to what is
     *     wrong
     */
    Schema read(JsonNode json);
}
