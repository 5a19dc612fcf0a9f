package dev.genstore.checks.crash;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashMap;
import java.util.Map;

/**
 * The resources as a follower has them, who has only what it was told. Where it is not told the
 * content, it has only the revisions.
 *
 * <p>Confined to one thread.
 */
final class View {
    private static final String REVISION = "_revision";

    private final Map<String, JsonNode> resources = new HashMap<>();

    /** Its resources by their paths. */
    Map<String, JsonNode> resources() {
        return resources;
    }

    /** What such a follower should have of a resource. */
    static JsonNode of(JsonNode resource, Asked asked) {
        return asked.data().equals("none")
                ? onlyRevision(resource.required(REVISION).asLong())
                : resource;
    }

    void apply(Telling change) {
        if (change.type().equals("deleted")) {
            resources.remove(change.resource());
        } else {
            resources.put(change.resource(), after(change));
        }
    }

    private JsonNode after(Telling change) {
        JsonNode json = change.json();
        if (!json.has("data")) {
            return onlyRevision(change.revision());
        }
        JsonNode data = json.required("data");
        JsonNode before = resources.get(change.resource());
        return json.has("patch") && before != null ? merged(before, data) : data;
    }

    private static JsonNode onlyRevision(long revision) {
        return JsonNodeFactory.instance.objectNode().put(REVISION, revision);
    }

    /** RFC 7396. */
    private static JsonNode merged(JsonNode before, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode merged = before.isObject()
                ? ((ObjectNode) before).deepCopy()
                : JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : patch.properties()) {
            if (member.getValue().isNull()) {
                merged.remove(member.getKey());
            } else {
                merged.set(
                        member.getKey(), merged(merged.path(member.getKey()), member.getValue()));
            }
        }
        return merged;
    }
}
