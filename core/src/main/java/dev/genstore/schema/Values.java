package dev.genstore.schema;

import dev.genstore.query.TextPattern;
import dev.genstore.resource.Json;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;

/** Keywords that ask about a value as it stands: its type, itself, a number, a text. */
final class Values {
    private static final Map<String, String> TYPES = Map.of(
            "null", "null",
            "boolean", "true or false",
            "number", "a number",
            "integer", "a whole number",
            "string", "a string",
            "array", "an array",
            "object", "an object");
    private static final int SHOWN_MAX = 100;

    /** What dividing two decimals may cost: some hundreds of digits. */
    private static final int DIVISION_STEPS = 50;

    private final Node node;

    private Values(Node node) {
        this.node = node;
    }

    /** Reads these keywords into a node. */
    static void read(Source schema, Node node) {
        var values = new Values(node);
        for (String keyword : schema.names()) {
            values.read(keyword, schema.at(keyword));
        }
    }

    private void read(String keyword, Source at) {
        switch (keyword) {
            case "type" -> type(at);
            case "enum" -> choice(at);
            case "const" -> same(at.json());
            case "minimum" -> number(at, "at least ", value -> value >= at.number());
            case "maximum" -> number(at, "at most ", value -> value <= at.number());
            case "exclusiveMinimum" -> number(at, "above ", value -> value > at.number());
            case "exclusiveMaximum" -> number(at, "below ", value -> value < at.number());
            case "multipleOf" -> multiple(at);
            case "minLength" -> length(at, true);
            case "maxLength" -> length(at, false);
            case "pattern" -> pattern(at);
            default -> {}
        }
    }

    private void type(Source at) {
        Set<String> types = at.json().isString() ? Set.of(at.text()) : at.texts();
        if (types.isEmpty() || !TYPES.keySet().containsAll(types)) {
            throw at.wrong("A type is one or an array of: "
                    + TYPES.keySet().stream().sorted().collect(Collectors.joining(", ")) + ".");
        }
        String words = types.stream().map(TYPES::get).collect(Collectors.joining(" or "));
        node.add(look -> look.require(
                types.stream().anyMatch(type -> is(look.value(), type)), "Must be " + words + "."));
    }

    private static boolean is(JsonNode value, String type) {
        return switch (type) {
            case "null" -> value.isNull();
            case "boolean" -> value.isBoolean();
            case "number" -> value.isNumber();
            case "integer" ->
                value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
            case "string" -> value.isString();
            case "array" -> value.isArray();
            default -> value.isObject();
        };
    }

    private void choice(Source at) {
        if (!at.json().isArray()) {
            throw at.wrong("This must be an array.");
        }
        List<JsonNode> choices = new ArrayList<>(at.json().valueStream().toList());
        String words = choices.stream().map(JsonNode::toString).collect(Collectors.joining(", "));
        node.add(look -> {
            look.run().step(choices.size() + (long) Sizes.of(look.value()));
            return look.require(
                    choices.stream().anyMatch(choice -> Json.sayTheSame(choice, look.value())),
                    "Must be one of: " + shortened(words) + ".");
        });
    }

    private void same(JsonNode value) {
        node.add(look -> {
            look.run().step(Sizes.of(look.value()));
            return look.require(
                    Json.sayTheSame(value, look.value()),
                    "Must be " + shortened(value.toString()) + ".");
        });
    }

    private void number(Source at, String words, DoublePredicate holds) {
        String detail = "Must be " + words + shown(at.number(), at) + ".";
        node.add(look -> !look.value().isNumber()
                || look.require(holds.test(look.value().doubleValue()), detail));
    }

    private static String shown(double number, Source at) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : at.json().toString();
    }

    private void multiple(Source at) {
        if (at.number() <= 0) {
            throw at.wrong("This must be a number above 0.");
        }
        BigDecimal divisor = at.json().decimalValue();
        String detail = "Must be a multiple of " + shown(at.number(), at) + ".";
        node.add(look -> {
            if (!look.value().isNumber()) {
                return true;
            }
            look.run().step(DIVISION_STEPS);
            BigDecimal rest = look.value().decimalValue().remainder(divisor);
            return look.require(rest.signum() == 0, detail);
        });
    }

    private void length(Source at, boolean isLeast) {
        int bound = at.count();
        String detail = "Must have at " + (isLeast ? "least " : "most ") + bound
                + (bound == 1 ? " character." : " characters.");
        node.add(look -> {
            if (!look.value().isString()) {
                return true;
            }
            String text = look.value().stringValue();
            look.run().step(text.length() / 16);
            int length = text.codePointCount(0, text.length());
            return look.require(isLeast ? length >= bound : length <= bound, detail);
        });
    }

    private void pattern(Source at) {
        TextPattern pattern = at.pattern(at.text());
        node.add(look -> {
            if (!look.value().isString()) {
                return true;
            }
            String text = look.value().stringValue();
            look.run().step(pattern.steps(text));
            return look.require(
                    pattern.isIn(text), "Must match " + shortened(pattern.toString()) + ".");
        });
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= SHOWN_MAX
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN_MAX)) + "…";
    }
}
