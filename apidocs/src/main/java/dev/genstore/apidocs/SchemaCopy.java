package dev.genstore.apidocs;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Copies a collection's schema into a document, so that it means there what it meant alone. References
 * to its own parts, by pointer or by anchor, become references to where these parts are now. There is
 * one schema resource only, so a dynamic reference leads where a plain one does.
 *
 * <p>Remarks that the drafts do not know are left out: a document gives other meanings to some.
 *
 * <p>Confined to one copying.
 */
final class SchemaCopy {
    private static final Set<String> SCHEMAS = Set.of(
            "items",
            "contains",
            "additionalProperties",
            "propertyNames",
            "if",
            "then",
            "else",
            "not",
            "unevaluatedItems",
            "unevaluatedProperties",
            "contentSchema");
    private static final Set<String> LISTS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");
    private static final Set<String> NAMED =
            Set.of("properties", "patternProperties", "$defs", "dependentSchemas");
    private static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef");
    private static final Set<String> VALUES = Set.of(
            "type",
            "enum",
            "const",
            "multipleOf",
            "maximum",
            "exclusiveMaximum",
            "minimum",
            "exclusiveMinimum",
            "maxLength",
            "minLength",
            "pattern",
            "maxItems",
            "minItems",
            "uniqueItems",
            "maxContains",
            "minContains",
            "maxProperties",
            "minProperties",
            "required",
            "dependentRequired",
            "default");
    private static final Set<String> TEXTS = Set.of(
            "title", "description", "$comment", "format", "contentEncoding", "contentMediaType");
    private static final Set<String> SWITCHES = Set.of("deprecated", "readOnly", "writeOnly");

    private final String place;
    private final Map<String, String> anchors = new HashMap<>();
    private final Set<String> referred = new HashSet<>();

    private SchemaCopy(String place) {
        this.place = place;
    }

    /**
     * The copy.
     *
     * @param place where it will be, as the fragment of a URL
     */
    static JsonNode of(JsonNode schema, String place) {
        var copy = new SchemaCopy(place);
        copy.findAnchors(schema, "");
        JsonNode made = copy.schema(schema);
        return copy.referred.stream().allMatch(pointer -> has(made, pointer))
                ? made
                : Trees.object("description", "Its schema refers to what no document can show.");
    }

    /** Whether what is referred to was copied: a schema may refer to parts of a remark. */
    private static boolean has(JsonNode made, String pointer) {
        String decoded = URLDecoder.decode(pointer.replace("+", "%2B"), StandardCharsets.UTF_8);
        return !made.at(decoded).isMissingNode();
    }

    /** Looks everywhere: a name that is no anchor is never asked for. */
    private void findAnchors(JsonNode node, String pointer) {
        for (String keyword : Set.of("$anchor", "$dynamicAnchor")) {
            if (node.path(keyword).isString()) {
                anchors.put(node.get(keyword).stringValue(), pointer);
            }
        }
        node.properties()
                .forEach(each -> findAnchors(
                        each.getValue(), pointer + "/" + Fragments.step(each.getKey())));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            findAnchors(node.get(i), pointer + "/" + i);
        }
    }

    private JsonNode schema(JsonNode schema) {
        if (!schema.isObject()) {
            return schema;
        }
        ObjectNode copy = Trees.object();
        for (Map.Entry<String, JsonNode> each : schema.properties()) {
            JsonNode value = value(each.getKey(), each.getValue());
            if (value != null) {
                copy.set(REFERENCES.contains(each.getKey()) ? "$ref" : each.getKey(), value);
            }
        }
        return copy;
    }

    private @Nullable JsonNode value(String keyword, JsonNode value) {
        if (SCHEMAS.contains(keyword)) {
            return schema(value);
        }
        if (LISTS.contains(keyword)) {
            return list(value);
        }
        if (NAMED.contains(keyword)) {
            return named(value);
        }
        if (REFERENCES.contains(keyword)) {
            return JsonNodeFactory.instance.stringNode(reference(value.stringValue()));
        }
        return isPlain(keyword, value) ? value : null;
    }

    /** Many tools take a {@code $ref} for a reference wherever it stands, so none is among values. */
    private static boolean isPlain(String keyword, JsonNode value) {
        return value.findValue("$ref") == null && isKnown(keyword, value);
    }

    private static boolean isKnown(String keyword, JsonNode value) {
        return VALUES.contains(keyword)
                || (TEXTS.contains(keyword) && value.isString())
                || (SWITCHES.contains(keyword) && value.isBoolean())
                || ("examples".equals(keyword) && value.isArray());
    }

    private JsonNode list(JsonNode schemas) {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode();
        schemas.forEach(each -> copy.add(schema(each)));
        return copy;
    }

    private JsonNode named(JsonNode schemas) {
        ObjectNode copy = Trees.object();
        schemas.properties().forEach(each -> copy.set(each.getKey(), schema(each.getValue())));
        return copy;
    }

    private String reference(String target) {
        String fragment = target.substring(1);
        String pointer = fragment.isEmpty() || fragment.startsWith("/")
                ? fragment
                : anchors.getOrDefault(fragment, "");
        referred.add(pointer);
        return place + pointer;
    }
}
