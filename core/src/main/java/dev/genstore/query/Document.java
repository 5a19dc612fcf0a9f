package dev.genstore.query;

import dev.genstore.resource.Json;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

import java.util.List;

/**
 * A resource as conditions see it: as a client does, the server's members included. It is parsed when
 * it is first asked.
 *
 * <p>Confined to one thread.
 */
public final class Document {
    private final Resource resource;
    private @Nullable JsonNode tree;

    public Document(Resource resource) {
        this.resource = resource;
    }

    public Resource resource() {
        return resource;
    }

    /** What stands at this path; the null of JSON where nothing does. */
    public JsonNode at(List<String> path) {
        JsonNode found = tree();
        for (String name : path) {
            JsonNode member = found.get(name);
            if (member == null) {
                return NullNode.getInstance();
            }
            found = member;
        }
        return found;
    }

    /** The whole, parsed; not to be changed. */
    public JsonNode tree() {
        if (tree == null) {
            tree = Json.trusted(resource.json()).tree();
        }
        return tree;
    }
}
