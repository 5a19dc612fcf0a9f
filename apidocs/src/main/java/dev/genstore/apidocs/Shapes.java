package dev.genstore.apidocs;

import java.util.List;

/**
 * Which schemas are meant by {@code Resource}, {@code Members}, {@code Page} and the events: those of
 * any collection, or of a certain one.
 *
 * @param collection its name; empty for any
 */
record Shapes(String collection) {
    static final Shapes ANY = new Shapes("");

    /** What a certain collection has of its own. */
    private static final List<String> OWN =
            List.of("Resource", "Members", "Page", "Created", "Updated");

    /** The name that a schema has. */
    String name(String general) {
        return collection.isEmpty() || !OWN.contains(general)
                ? general
                : collection + "." + general;
    }

    /** The text of a schema with references to those that are meant. */
    String of(String schema) {
        String meant = schema;
        for (String general : OWN) {
            meant = meant.replace(
                    "\"" + Trees.SCHEMAS + general + "\"",
                    "\"" + Trees.SCHEMAS + name(general) + "\"");
        }
        return meant;
    }
}
