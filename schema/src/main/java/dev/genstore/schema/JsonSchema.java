package dev.genstore.schema;

import com.networknt.schema.ValidationLimitExceededException;

import dev.genstore.resource.Json;
import dev.genstore.resource.Problem.FieldError;
import dev.genstore.store.Schema;

import tools.jackson.databind.JsonNode;

import java.util.List;

/** A schema that is ready to check documents. Immutable. */
final class JsonSchema implements Schema {
    /** What compiling makes of a byte, when all of it is patterns. */
    private static final long WEIGHT_OF_BYTE = 60;

    private final JsonNode json;
    private final com.networknt.schema.Schema compiled;

    JsonSchema(JsonNode json, com.networknt.schema.Schema compiled) {
        this.json = json;
        this.compiled = compiled;
    }

    @Override
    public List<FieldError> check(Json document) {
        var check = new Check(document.bytes().length);
        try {
            compiled.validate(check, document.tree());
        } catch (ValidationLimitExceededException limit) {
            throw Check.tooMuch();
        }
        return check.told();
    }

    @Override
    public long weightBytes() {
        return WEIGHT_OF_BYTE * Json.write(json).length;
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || (other instanceof JsonSchema schema && Json.sayTheSame(json, schema.json));
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
