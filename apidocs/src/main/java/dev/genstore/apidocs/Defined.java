package dev.genstore.apidocs;

import dev.genstore.resource.Names;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/**
 * A collection and its schema.
 *
 * <p>Immutable, as long as nobody changes the schema.
 *
 * @param schema as somebody wrote it; null when its resources may be anything
 */
record Defined(String name, @Nullable JsonNode schema) {
    /** The collection of the definitions. */
    static final Defined DEFINITIONS =
            new Defined(Names.DEFINITIONS, Trees.file("definition.json"));

    Shapes shapes() {
        return new Shapes(name);
    }
}
