package dev.genstore.apidocs;

import dev.genstore.resource.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes pieces of documents. */
final class Trees {
    static final String SCHEMAS = "#/components/schemas/";

    private Trees() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** An object with one member. */
    static ObjectNode object(String name, JsonNode value) {
        return object().set(name, value);
    }

    /** An object with one member. */
    static ObjectNode object(String name, String value) {
        return object().put(name, value);
    }

    static ArrayNode array(List<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    static ObjectNode reference(String target) {
        return object("$ref", target);
    }

    /** The tree of a schema, in which what is meant in general is meant of a collection. */
    static ObjectNode schema(Json schema, Shapes shapes) {
        return parse(shapes.of(schema.toString()));
    }

    static ObjectNode parse(String json) {
        return (ObjectNode) Json.trusted(json.getBytes(StandardCharsets.UTF_8)).tree();
    }

    /** A fresh tree of a file beside this class. */
    static ObjectNode file(String name) {
        return parse(new String(Files.read(name), StandardCharsets.UTF_8));
    }
}
