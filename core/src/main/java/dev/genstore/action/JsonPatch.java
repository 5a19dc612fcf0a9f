package dev.genstore.action;

import com.flipkart.zjsonpatch.CompatibilityFlags;
import com.flipkart.zjsonpatch.InvalidJsonPatchException;
import com.flipkart.zjsonpatch.Jackson3JsonPatch;
import com.flipkart.zjsonpatch.JsonPatchApplicationException;

import dev.genstore.resource.Json;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.StrictJson;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.util.EnumSet;
import java.util.function.UnaryOperator;

/**
 * A JSON Patch (RFC 6902). Its operations are applied one by one, because a few {@code copy} in a
 * row could otherwise double a document until memory is full. Immutable.
 */
final class JsonPatch implements UnaryOperator<byte[]> {
    private static final int OPERATIONS_MAX = 1_000;
    private static final EnumSet<CompatibilityFlags> STRICT =
            EnumSet.of(CompatibilityFlags.FORBID_REMOVE_MISSING_OBJECT);

    private final JsonNode operations;
    private final int bodyBytesMax;

    private JsonPatch(JsonNode operations, int bodyBytesMax) {
        this.operations = operations;
        this.bodyBytesMax = bodyBytesMax;
    }

    /**
     * Reads a patch.
     *
     * @param bodyBytesMax how long the patched document may be, behind every operation
     * @throws dev.genstore.resource.Problem 400 when it is not one
     */
    static JsonPatch read(byte[] body, int bodyBytesMax) {
        JsonNode operations = StrictJson.tree(body);
        if (!operations.isArray() || operations.size() > OPERATIONS_MAX) {
            throw ProblemType.INVALID_PATCH.because(
                    "A JSON Patch is an array of at most " + OPERATIONS_MAX + " operations.");
        }
        try {
            Jackson3JsonPatch.validate(operations, STRICT);
        } catch (InvalidJsonPatchException failure) {
            throw ProblemType.INVALID_PATCH.because(
                    "The patch is malformed: " + failure.getMessage());
        }
        return new JsonPatch(operations, bodyBytesMax);
    }

    @Override
    public byte[] apply(byte[] json) {
        JsonNode document = Json.trusted(json).tree();
        for (int i = 0; i < operations.size(); i++) {
            document = apply(document, i);
        }
        return Json.write(document);
    }

    private JsonNode apply(JsonNode document, int index) {
        JsonNode operation = operations.get(index);
        try {
            var single = JsonNodeFactory.instance.arrayNode().add(operation);
            JsonNode changed = Jackson3JsonPatch.apply(single, document, STRICT);
            if ("copy".equals(operation.path("op").asString())) {
                checkSize(changed);
            }
            return changed;
        } catch (JsonPatchApplicationException failure) {
            throw ProblemType.PATCH_CONFLICT.at(
                    "/" + index, "Operation " + index + ": " + failure.getMessage());
        }
    }

    private void checkSize(JsonNode document) {
        if (Json.write(document).length > bodyBytesMax) {
            throw ProblemType.BODY_TOO_LARGE.because(
                    "The patched resource would have more than " + bodyBytesMax + " bytes.");
        }
    }
}
