package dev.genstore.router;

import dev.genstore.resource.Json;

import java.util.Objects;

/**
 * What stands in the body of a request or an answer.
 *
 * <p>Immutable.
 *
 * @param mediaType how it is written, without parameters
 * @param schema what it is like, as a JSON Schema of draft 2020-12. {@code $ref} leads into the
 *     document of the API: {@link #resource} and {@link #members} of a collection, {@code
 *     #/components/schemas/Problem} and what else the document has
 */
public record Content(String mediaType, Json schema) {
    public Content {
        Objects.requireNonNull(mediaType, "mediaType");
        Objects.requireNonNull(schema, "schema");
    }

    /**
     * Content of this media type.
     *
     * @throws IllegalArgumentException when the schema is no JSON object
     */
    public static Content of(String mediaType, String schema) {
        return new Content(mediaType, SchemaText.read(schema));
    }

    /**
     * JSON.
     *
     * @throws IllegalArgumentException when the schema is no JSON object
     */
    public static Content json(String schema) {
        return of("application/json", schema);
    }

    /** Text. */
    public static Content text() {
        return of("text/plain", "{\"type\":\"string\"}");
    }

    /** The schema of a resource of this collection, as it is shown. */
    public static String resource(String collection) {
        return reference(collection + ".Resource");
    }

    /** The schema of what a client writes into this collection. */
    public static String members(String collection) {
        return reference(collection + ".Members");
    }

    /** The schema that has this name in the document. */
    static String reference(String name) {
        return "{\"$ref\":\"#/components/schemas/" + name + "\"}";
    }
}
