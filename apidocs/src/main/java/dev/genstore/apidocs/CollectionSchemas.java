package dev.genstore.apidocs;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/** The schemas that a collection has of its own in a document. */
final class CollectionSchemas {
    private static final List<String> SERVERS = List.of("id", "_revision", "_created", "_updated");

    private CollectionSchemas() {}

    /**
     * Adds those of a collection.
     *
     * @param general which schemas to add of those that have the same meaning for all, by their names
     */
    static void add(Defined defined, ObjectNode schemas, List<String> general) {
        Shapes shapes = defined.shapes();
        schemas.set(shapes.name("Resource"), resource(defined));
        JsonNode members = members(defined);
        schemas.set(
                shapes.name("Members"),
                members == null ? Trees.reference(Trees.SCHEMAS + "Members") : members);
        for (String name : general) {
            String own = shapes.of(schemas.get(name).toString());
            schemas.set(shapes.name(name), Trees.parse(own));
        }
    }

    private static String place(Defined defined) {
        return Trees.SCHEMAS + defined.shapes().name("Members");
    }

    /** What may be written: as somebody has defined it, and the server's members, which are ignored. */
    private static @Nullable JsonNode members(Defined defined) {
        if (defined.schema() == null) {
            return null;
        }
        JsonNode copy = SchemaCopy.of(defined.schema(), place(defined));
        if (copy.has("additionalProperties") || copy.has("unevaluatedProperties")) {
            ObjectNode properties = ((ObjectNode) copy).withObjectProperty("properties");
            for (String name : SERVERS) {
                properties.set(name, Trees.reference(server(name)));
            }
        }
        return copy;
    }

    private static String server(String member) {
        return Trees.SCHEMAS + "Resource/properties/" + member;
    }

    /**
     * What is shown. A schema holds for what is written from then on, so a resource may lack what it
     * requires; and {@code fields} may leave out anything.
     */
    private static ObjectNode resource(Defined defined) {
        ObjectNode resource = Trees.object(
                "description",
                "A resource of `" + defined.name() + "` as it is shown. With `fields` it has only"
                        + " some of its members. One that was stored before the schema became what"
                        + " it is may be otherwise.");
        resource.withArrayProperty("allOf").add(Trees.reference(Trees.SCHEMAS + "Resource"));
        ObjectNode properties = Trees.object();
        JsonNode written = defined.schema() == null ? null : defined.schema().get("properties");
        if (written != null) {
            written.propertyNames().stream()
                    .filter(name -> !SERVERS.contains(name))
                    .forEach(name -> properties.set(
                            name,
                            Trees.reference(
                                    place(defined) + "/properties/" + Fragments.step(name))));
        }
        return resource.set("properties", properties);
    }
}
