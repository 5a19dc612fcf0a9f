package dev.genstore.action;

import dev.genstore.resource.JsonPointer;
import dev.genstore.resource.ProblemType;

import tools.jackson.databind.JsonNode;

/** One operation of a JSON Patch (RFC 6902, 4). Its members beyond those of the RFC do not count. */
sealed interface PatchOperation {
    record Add(JsonPointer path, JsonNode value) implements PatchOperation {}

    record Remove(JsonPointer path) implements PatchOperation {}

    record Replace(JsonPointer path, JsonNode value) implements PatchOperation {}

    record Move(JsonPointer from, JsonPointer path) implements PatchOperation {}

    record Copy(JsonPointer from, JsonPointer path) implements PatchOperation {}

    record Test(JsonPointer path, JsonNode value) implements PatchOperation {}

    /**
     * Reads an operation.
     *
     * @param index its place in the patch
     * @throws dev.genstore.resource.Problem 400 {@code invalid-patch} when it is malformed
     */
    static PatchOperation read(JsonNode operation, int index) {
        var members = new Members(operation, index);
        return switch (operation.path("op").asString("")) {
            case "add" -> new Add(members.pointer("path"), members.value());
            case "remove" -> new Remove(members.pointer("path"));
            case "replace" -> new Replace(members.pointer("path"), members.value());
            case "move" -> new Move(members.pointer("from"), members.pointer("path"));
            case "copy" -> new Copy(members.pointer("from"), members.pointer("path"));
            case "test" -> new Test(members.pointer("path"), members.value());
            default -> throw members.wrong("'op' is add, remove, replace, move, copy or test.");
        };
    }

    /** The members of an operation. */
    record Members(JsonNode operation, int index) {
        private JsonPointer pointer(String name) {
            JsonNode text = operation.path(name);
            JsonPointer pointer = text.isString() ? JsonPointer.parse(text.asString()) : null;
            if (pointer == null) {
                throw wrong("'" + name + "' is a JSON Pointer, for example \"/tags/0\".");
            }
            return pointer;
        }

        private JsonNode value() {
            JsonNode value = operation.get("value");
            if (value == null) {
                throw wrong("'value' is missing.");
            }
            return value;
        }

        private RuntimeException wrong(String why) {
            return ProblemType.INVALID_PATCH.at("/" + index, "Operation " + index + ": " + why);
        }
    }
}
