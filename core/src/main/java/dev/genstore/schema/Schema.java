package dev.genstore.schema;

import dev.genstore.resource.Json;
import dev.genstore.resource.Problem.FieldError;
import dev.genstore.resource.ProblemType;

import tools.jackson.databind.JsonNode;

import java.util.List;

/**
 * A JSON Schema of draft 2020-12, ready to check documents. It is one document: nothing outside of it
 * is ever fetched, and what a check may cost is bounded by {@link SchemaLimits}. As the standard says,
 * {@code format} and the keywords that it does not know are remarks.
 *
 * <p>Two are equal when they are written alike. Immutable.
 */
public final class Schema {
    private final JsonNode json;
    private final Node root;
    private final boolean remembers;

    private Schema(JsonNode json, SchemaReader reader) {
        this.json = json;
        this.root = reader.read();
        this.remembers = reader.asksWhatWasSeen();
    }

    /**
     * Reads a schema.
     *
     * @throws dev.genstore.resource.Problem 400 {@code invalid-definition} that points to what is
     *     wrong
     */
    public static Schema read(JsonNode json) {
        if (Json.write(json).length > SchemaLimits.BYTES_MAX) {
            throw ProblemType.INVALID_DEFINITION.at(
                    "", "A schema has at most " + SchemaLimits.BYTES_MAX + " bytes of JSON.");
        }
        JsonNode own = json.deepCopy();
        return new Schema(own, new SchemaReader(own));
    }

    /**
     * What does not fit: the first members at fault, none when the document fits.
     *
     * @throws dev.genstore.resource.Problem 422 {@code schema} when it would cost too much to say
     */
    public List<FieldError> check(Json document) {
        long stepsMax = SchemaLimits.STEPS_MAX
                + (long) SchemaLimits.STEPS_PER_BYTE_MAX * document.bytes().length;
        var run = new Run(stepsMax, remembers);
        root.check(document.tree(), Where.ROOT, run, null);
        return run.errors();
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || (other instanceof Schema schema && Json.sayTheSame(json, schema.json));
    }

    /** Numbers that say the same may be written in several ways, so only the names count. */
    @Override
    public int hashCode() {
        return json.propertyNames().hashCode();
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
