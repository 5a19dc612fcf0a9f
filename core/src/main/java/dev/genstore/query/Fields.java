package dev.genstore.query;

import dev.genstore.resource.Json;
import dev.genstore.resource.Resource;

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
        return names.isEmpty() ? resource.json() : Json.retain(resource.json(), names);
    }

    /** The same as a tree. */
    public ObjectNode tree(Document document) {
        ObjectNode whole = document.tree();
        return names.isEmpty() ? whole : whole.retain(names);
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
