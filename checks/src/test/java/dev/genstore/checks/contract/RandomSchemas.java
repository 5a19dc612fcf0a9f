package dev.genstore.checks.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Schemas and documents at random, over so few names and values that they often meet. Confined to one
 * thread.
 */
final class RandomSchemas {
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final List<String> SCALARS = List.of(
            "null", "true", "false", "0", "1", "1.0", "-2", "1.5", "3", "\"\"", "\"a\"", "\"ab\"",
            "\"😀\"");
    private static final List<String> PATTERNS = List.of("^a", "b$", "^[ab]+$", "c", "^.$");
    private static final List<String> TYPES =
            List.of("null", "boolean", "number", "integer", "string", "array", "object");

    private final Random random;

    /** The keywords, with what makes their values at a depth. */
    private final Map<String, IntFunction<String>> keywords = Map.ofEntries(
            Map.entry("type", depth -> type()),
            Map.entry("enum", depth -> list(1 + 2, this::document, 0)),
            Map.entry("const", depth -> document(1)),
            Map.entry("minimum", depth -> number()),
            Map.entry("maximum", depth -> number()),
            Map.entry("exclusiveMinimum", depth -> number()),
            Map.entry("exclusiveMaximum", depth -> number()),
            Map.entry("multipleOf", depth -> one(List.of("1", "0.5", "2", "1.5"))),
            Map.entry("minLength", depth -> count()),
            Map.entry("maxLength", depth -> count()),
            Map.entry("pattern", depth -> quoted(one(PATTERNS))),
            Map.entry("minItems", depth -> count()),
            Map.entry("maxItems", depth -> count()),
            Map.entry("uniqueItems", depth -> Boolean.toString(flip())),
            Map.entry("items", this::schema),
            Map.entry("prefixItems", depth -> list(2, this::schema, depth)),
            Map.entry("contains", this::schema),
            Map.entry("minContains", depth -> count()),
            Map.entry("maxContains", depth -> count()),
            Map.entry("properties", this::schemas),
            Map.entry("patternProperties", this::patterned),
            Map.entry("additionalProperties", this::schema),
            Map.entry("propertyNames", this::schema),
            Map.entry("minProperties", depth -> count()),
            Map.entry("maxProperties", depth -> count()),
            Map.entry("required", depth -> names()),
            Map.entry("dependentRequired", depth -> "{" + quoted(one(NAMES)) + ":" + names() + "}"),
            Map.entry("dependentSchemas", this::schemas),
            Map.entry("allOf", depth -> list(2, this::schema, depth)),
            Map.entry("anyOf", depth -> list(3, this::schema, depth)),
            Map.entry("oneOf", depth -> list(3, this::schema, depth)),
            Map.entry("not", this::schema),
            Map.entry("if", this::schema),
            Map.entry("then", this::schema),
            Map.entry("else", this::schema),
            Map.entry("unevaluatedItems", this::schema),
            Map.entry("unevaluatedProperties", this::schema));

    private final List<String> known = keywords.keySet().stream().sorted().toList();

    RandomSchemas(Random random) {
        this.random = random;
    }

    /** A whole schema, whose parts refer to its definitions. */
    String schema() {
        return "{\"$defs\":{\"d\":" + plain(1)
                + ",\"e\":{\"properties\":{\"a\":{\"$ref\":\"#/$defs/e\"}," + "\"b\":" + plain(1)
                + "}}}," + members(3) + "}";
    }

    private String schema(int depth) {
        return switch (random.nextInt(8)) {
            case 0 -> Boolean.toString(flip());
            case 1 -> "{\"$ref\":\"#/$defs/" + (flip() ? "d" : "e") + "\"}";
            default -> "{" + members(depth - 1) + "}";
        };
    }

    /** One that refers to nothing. */
    private String plain(int depth) {
        String schema = "{" + members(depth - 1) + "}";
        return schema.contains("$ref") ? plain(depth) : schema;
    }

    private String members(int depth) {
        List<String> chosen = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            chosen.add(one(known));
        }
        return chosen.stream()
                .distinct()
                .filter(keyword -> depth > 0 || isSmall(keyword))
                .map(keyword -> quoted(keyword) + ":" + value(keyword, depth))
                .collect(Collectors.joining(","));
    }

    private String value(String keyword, int depth) {
        return Objects.requireNonNull(keywords.get(keyword)).apply(depth);
    }

    private static boolean isSmall(String keyword) {
        return keyword.startsWith("m") || List.of("type", "enum", "const").contains(keyword);
    }

    private String schemas(int depth) {
        return IntStream.rangeClosed(0, random.nextInt(2))
                .mapToObj(i -> quoted(NAMES.get(i)) + ":" + schema(depth))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private String patterned(int depth) {
        return "{" + quoted(one(PATTERNS)) + ":" + schema(depth) + "}";
    }

    /** A document: an object of values that go so deep. */
    String document() {
        return NAMES.stream()
                .filter(name -> random.nextInt(3) > 0)
                .map(name -> quoted(name) + ":" + document(2))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private String document(int depth) {
        return switch (depth == 0 ? 0 : random.nextInt(3)) {
            case 1 -> list(3, this::document, depth - 1);
            case 2 ->
                NAMES.stream()
                        .filter(name -> flip())
                        .map(name -> quoted(name) + ":" + document(depth - 1))
                        .collect(Collectors.joining(",", "{", "}"));
            default -> one(SCALARS);
        };
    }

    private String list(int countMax, IntFunction<String> element, int depth) {
        return IntStream.rangeClosed(0, random.nextInt(countMax))
                .mapToObj(i -> element.apply(depth))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private String type() {
        return flip()
                ? quoted(one(TYPES))
                : "[\"object\"," + quoted(TYPES.get(random.nextInt(6))) + "]";
    }

    private String names() {
        return NAMES.stream()
                .filter(name -> flip())
                .map(RandomSchemas::quoted)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private String number() {
        return one(List.of("-1", "0", "1", "1.0", "1.5", "2"));
    }

    private String count() {
        return Integer.toString(random.nextInt(4));
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private boolean flip() {
        return random.nextBoolean();
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
