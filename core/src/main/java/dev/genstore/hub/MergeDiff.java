package dev.genstore.hub;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;

/**
 * The RFC 7396 patch that makes one object another. There is none where the new state has a null
 * that the old one has not: in such a patch a null means that the member goes.
 */
final class MergeDiff {
    private MergeDiff() {}

    static Optional<ObjectNode> between(JsonNode before, JsonNode after) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        for (String name : before.propertyNames()) {
            if (!after.has(name)) {
                patch.putNull(name);
            }
        }
        for (var member : after.properties()) {
            if (!add(patch, member.getKey(), before.get(member.getKey()), member.getValue())) {
                return Optional.empty();
            }
        }
        return Optional.of(patch);
    }

    /** Adds what changes this member; false when no patch can say it. */
    private static boolean add(
            ObjectNode patch, String name, @Nullable JsonNode before, JsonNode after) {
        if (after.equals(before)) {
            return true;
        }
        if (before != null && before.isObject() && after.isObject()) {
            Optional<ObjectNode> inner = between(before, after);
            inner.ifPresent(found -> patch.set(name, found));
            return inner.isPresent();
        }
        patch.set(name, after);
        return !hasNullMember(after);
    }

    /** Whether the value is null or an object with a null in it; nulls inside arrays stay what they are. */
    private static boolean hasNullMember(JsonNode value) {
        if (!value.isObject()) {
            return value.isNull();
        }
        for (JsonNode member : value.values()) {
            if (hasNullMember(member)) {
                return true;
            }
        }
        return false;
    }
}
