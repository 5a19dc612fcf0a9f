package dev.genstore.action;

import dev.genstore.resource.Json;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.StrictJson;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.function.UnaryOperator;

/** A merge patch (RFC 7396). Immutable. */
final class MergePatch implements UnaryOperator<byte[]> {
    private final JsonNode patch;

    private MergePatch(JsonNode patch) {
        this.patch = patch;
    }

    /**
     * Reads a patch.
     *
     * @throws dev.genstore.resource.Problem 400 when it is not an object: a resource always is one
     */
    static MergePatch read(byte[] body) {
        JsonNode patch = StrictJson.tree(body);
        if (!patch.isObject()) {
            throw ProblemType.INVALID_PATCH.because(
                    "A merge patch of a resource is a JSON object.");
        }
        return new MergePatch(patch);
    }

    @Override
    public byte[] apply(byte[] json) {
        return Json.write(merge(Json.trusted(json).tree(), patch));
    }

    /** The algorithm of RFC 7396, 2. */
    private static JsonNode merge(@Nullable JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode merged = target instanceof ObjectNode object
                ? object
                : JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : patch.properties()) {
            if (member.getValue().isNull()) {
                merged.remove(member.getKey());
            } else {
                merged.set(member.getKey(), merge(merged.get(member.getKey()), member.getValue()));
            }
        }
        return merged;
    }
}
