package dev.genstore.query;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/** A term that has been made ready to be asked for its value. Thread-safe: immutable. */
@FunctionalInterface
interface Operand {
    /** The value, null in JSON's sense included; Java's null is an error. */
    @Nullable JsonNode value(Scope scope);

    /** The value, which costs nothing any more behind another one that is an error. */
    default @Nullable JsonNode behind(@Nullable JsonNode other, Scope scope) {
        return other == null ? null : value(scope);
    }
}
