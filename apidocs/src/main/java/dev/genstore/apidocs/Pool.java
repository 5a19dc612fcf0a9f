package dev.genstore.apidocs;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parts of a document that stand in one place and are referred to from others. Confined to one thread.
 */
final class Pool {
    private final String place;
    private final ObjectNode parts = Trees.object();

    /**
     * An empty pool.
     *
     * @param place where its parts are in the document, as the fragment of a URL
     */
    Pool(String place) {
        this.place = place;
    }

    /** A reference to this part, which has about that name. */
    ObjectNode put(String wish, ObjectNode part) {
        String name = wish.replaceAll("[^A-Za-z0-9._-]", "_");
        JsonNode other = parts.get(name);
        for (int i = 2; other != null && !other.equals(part); i++) {
            name = wish.replaceAll("[^A-Za-z0-9._-]", "_") + "." + i;
            other = parts.get(name);
        }
        parts.set(name, part);
        return Trees.reference(place + name);
    }

    /** All parts, by name. */
    ObjectNode parts() {
        return parts;
    }
}
