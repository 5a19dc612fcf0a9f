package dev.genstore.schema;

import dev.genstore.query.TextPattern;
import dev.genstore.resource.JsonPointer;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import tools.jackson.databind.JsonNode;

import java.util.Map;
import java.util.Set;

/**
 * What is refused of schemas although the draft lets it through: references to other documents, what
 * older drafts had and what would let everything through now, and patterns that are not of RE2.
 * Confined to one schema.
 */
final class Rules {
    private static final Map<String, String> OLDER = Map.of(
            "dependencies", "dependentRequired or dependentSchemas",
            "additionalItems", "items beside prefixItems",
            "$recursiveRef", "$dynamicRef",
            "$recursiveAnchor", "$dynamicAnchor");

    /** Keywords that hold one schema, several of them, or several by names. */
    private static final Set<String> HOLDERS = Set.of(
            "additionalProperties",
            "contains",
            "contentSchema",
            "else",
            "if",
            "items",
            "not",
            "propertyNames",
            "then",
            "unevaluatedItems",
            "unevaluatedProperties");

    private static final Set<String> LISTS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");
    private static final Set<String> MAPS =
            Set.of("$defs", "definitions", "dependentSchemas", "patternProperties", "properties");

    private final References references = new References();

    /**
     * Refuses a schema that breaks a rule.
     *
     * @param schema one of the draft
     * @throws Problem 400 {@code invalid-definition} that points to what is wrong
     */
    void require(JsonNode schema) {
        look(schema, "");
        references.require();
    }

    private void look(JsonNode schema, String pointer) {
        if (references.place(pointer) > SchemaLimits.PARTS_MAX) {
            throw wrong(
                    pointer,
                    "A schema has at most " + SchemaLimits.PARTS_MAX + " schemas inside it.");
        }
        for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
            String at = pointer + JsonPointer.to(keyword.getKey());
            look(keyword.getKey(), keyword.getValue(), at);
        }
    }

    private void look(String keyword, JsonNode value, String pointer) {
        refuseOlder(keyword, pointer);
        switch (keyword) {
            case "$schema" -> requireDraft(value.stringValue(), pointer);
            case "$id" -> requireTop(pointer);
            case "$anchor", "$dynamicAnchor" -> references.anchor(value.stringValue());
            case "$ref", "$dynamicRef" -> references.reference(pointer, value.stringValue());
            case "pattern" -> requirePattern(value.stringValue(), pointer);
            case "patternProperties" ->
                value.propertyNames()
                        .forEach(name -> requirePattern(name, pointer + JsonPointer.to(name)));
            default -> {}
        }
        lookInside(keyword, value, pointer);
    }

    private void lookInside(String keyword, JsonNode value, String pointer) {
        if (HOLDERS.contains(keyword)) {
            look(value, pointer);
        } else if (MAPS.contains(keyword)) {
            value.properties()
                    .forEach(
                            each -> look(each.getValue(), pointer + JsonPointer.to(each.getKey())));
        } else if (LISTS.contains(keyword)) {
            for (int i = 0; i < value.size(); i++) {
                look(value.get(i), pointer + '/' + i);
            }
        }
    }

    private static void refuseOlder(String keyword, String pointer) {
        String instead = OLDER.get(keyword);
        if (instead != null) {
            throw wrong(pointer, "This keyword is of an older draft; use " + instead + ".");
        }
    }

    private static void requireDraft(String draft, String pointer) {
        if (!draft.equals(Draft.ID) && !draft.equals(Draft.ID + '#')) {
            throw wrong(pointer, "Schemas are of draft 2020-12: " + Draft.ID + ".");
        }
    }

    private static void requireTop(String pointer) {
        if (!pointer.equals("/$id")) {
            throw wrong(
                    pointer,
                    "A schema is one document; refer to its parts by #/$defs/… or $anchor.");
        }
    }

    private static void requirePattern(String pattern, String pointer) {
        try {
            TextPattern.of(pattern);
        } catch (IllegalArgumentException refused) {
            throw wrong(pointer, String.valueOf(refused.getMessage()));
        }
    }

    private static Problem wrong(String pointer, String detail) {
        return ProblemType.INVALID_DEFINITION.at(pointer, detail);
    }
}
