package dev.genstore.router;

import dev.genstore.resource.Json;

import java.util.Locale;
import java.util.Objects;

/**
 * A value that a request may carry beside its body, or a header of an answer.
 *
 * <p>Immutable.
 *
 * @param place where it stands
 * @param name its name
 * @param isRequired whether it must be there
 * @param meaning a sentence or two on what it does
 * @param schema what its value is like, as a JSON Schema. In the query an object stands for parameters
 *     of any name
 */
public record Parameter(Place place, String name, boolean isRequired, String meaning, Json schema) {
    /** A value that is a text of any kind. */
    public static final String TEXT = "{\"type\":\"string\"}";

    /** Where a parameter stands. */
    public enum Place {
        PATH,
        QUERY,
        HEADER;

        /** As documents write it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Parameter {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(meaning, "meaning");
        Objects.requireNonNull(schema, "schema");
        if (place == Place.PATH && !isRequired) {
            throw new IllegalArgumentException("a variable of the path is never left out: " + name);
        }
    }

    /** What a variable of the template stands for. */
    public static Parameter path(String name, String meaning, String schema) {
        return new Parameter(Place.PATH, name, true, meaning, SchemaText.read(schema));
    }

    /** A parameter of the query that may be left out. */
    public static Parameter query(String name, String meaning, String schema) {
        return new Parameter(Place.QUERY, name, false, meaning, SchemaText.read(schema));
    }

    /** A header that may be left out. */
    public static Parameter header(String name, String meaning, String schema) {
        return new Parameter(Place.HEADER, name, false, meaning, SchemaText.read(schema));
    }

    /** The same, but that it must be there. */
    public Parameter required() {
        return new Parameter(place, name, true, meaning, schema);
    }
}
