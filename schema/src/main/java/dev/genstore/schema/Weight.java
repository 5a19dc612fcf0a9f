package dev.genstore.schema;

import dev.genstore.query.TextPattern;

import tools.jackson.databind.JsonNode;

import java.util.List;

/** About how many steps a keyword takes with a value. Immutable. */
@FunctionalInterface
interface Weight {
    /** What dividing two decimals may cost: some hundreds of digits. */
    int DIVISION = 50;

    /** Of a value. */
    long of(JsonNode value);

    /** Of a keyword that has this in the schema. */
    static Weight of(String keyword, JsonNode has) {
        return switch (keyword) {
            case "const", "enum", "uniqueItems" -> Weight::whole;
            case "multipleOf" -> value -> DIVISION;
            case "pattern" -> {
                var pattern = TextPattern.of(has.stringValue());
                yield value -> value.isString() ? pattern.steps(value.stringValue()) : 0;
            }
            case "patternProperties" -> {
                List<TextPattern> patterns =
                        has.propertyNames().stream().map(TextPattern::of).toList();
                yield value -> patterns.stream()
                        .mapToLong(pattern -> names(value, pattern))
                        .sum();
            }
            default -> value -> has.size() + outside(value);
        };
    }

    private static long names(JsonNode value, TextPattern pattern) {
        return value.propertyNames().stream()
                .mapToLong(name -> 1 + pattern.steps(name))
                .sum();
    }

    /** What it takes to go through the parts of a value, but not into them. */
    private static long outside(JsonNode value) {
        return value.isString() ? value.stringValue().length() / 16 : value.size();
    }

    private static long whole(JsonNode value) {
        return 1 + outside(value) + value.valueStream().mapToLong(Weight::whole).sum();
    }
}
