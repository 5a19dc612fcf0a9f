package dev.genstore.query;

import dev.genstore.resource.Json;
import dev.genstore.resource.Resource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Set;
import java.util.TreeSet;

/**
 * Which members of a resource are shown. {@code id} and {@code _revision} always are: without them
 * nobody could tell what the others belong to.
 *
 * <p>Immutable.
 */
public final class Fields {
    /** All of them. */
    public static final Fields ALL = new Fields(Set.of());

    private static final Set<String> ALWAYS = Set.of("id", "_revision");

    /** Empty when all are shown. */
    private final Set<String> names;

    private Fields(Set<String> names) {
        this.names = names;
    }

    /** These members of the resource, if it has them. */
    public static Fields of(Set<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("names is empty");
        }
        var shown = new TreeSet<>(ALWAYS);
        shown.addAll(names);
        return new Fields(Set.copyOf(shown));
    }

    /** What is shown of this resource, as JSON. */
    public byte[] json(Resource resource) {
        if (names.isEmpty()) {
            return resource.json();
        }
        var tree = (ObjectNode) Json.trusted(resource.json()).tree();
        return Json.write(tree.retain(names));
    }

    /** The same for what may be parsed already. */
    public byte[] json(Document document) {
        return names.isEmpty() ? document.resource().json() : Json.write(tree(document));
    }

    /** What is shown, as a tree that is not to be changed. */
    public JsonNode tree(Document document) {
        if (names.isEmpty()) {
            return document.tree();
        }
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        for (var member : document.tree().properties()) {
            if (names.contains(member.getKey())) {
                shown.set(member.getKey(), member.getValue());
            }
        }
        return shown;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fields fields && names.equals(fields.names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return names.isEmpty() ? "all" : String.join(",", new TreeSet<>(names));
    }
}
