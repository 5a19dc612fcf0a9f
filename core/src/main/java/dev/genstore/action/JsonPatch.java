package dev.genstore.action;

import dev.genstore.resource.Json;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.StrictJson;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A JSON Patch (RFC 6902). Immutable. */
final class JsonPatch implements UnaryOperator<byte[]> {
    private static final int OPERATIONS_MAX = 1_000;

    private final List<PatchOperation> operations;
    private final int bodyBytesMax;

    private JsonPatch(List<PatchOperation> operations, int bodyBytesMax) {
        this.operations = List.copyOf(operations);
        this.bodyBytesMax = bodyBytesMax;
    }

    /**
     * Reads a patch.
     *
     * @param bodyBytesMax how much it may copy inside the document
     * @throws dev.genstore.resource.Problem 400 when it is not one
     */
    static JsonPatch read(byte[] body, int bodyBytesMax) {
        JsonNode patch = StrictJson.tree(body);
        if (!patch.isArray() || patch.size() > OPERATIONS_MAX) {
            throw ProblemType.INVALID_PATCH.because(
                    "A JSON Patch is an array of at most " + OPERATIONS_MAX + " operations.");
        }
        var operations = new ArrayList<PatchOperation>(patch.size());
        for (JsonNode operation : patch) {
            operations.add(PatchOperation.read(operation, operations.size()));
        }
        return new JsonPatch(operations, bodyBytesMax);
    }

    @Override
    public byte[] apply(byte[] json) {
        var document = new PatchedDocument(Json.trusted(json).tree(), bodyBytesMax);
        operations.forEach(document::apply);
        return document.json();
    }
}
