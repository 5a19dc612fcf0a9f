package dev.genstore.query;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** What conditions do with JSON values. What depends on their length is paid for in steps. */
final class Values {
    /** Characters that are looked at in one step, one by one. */
    private static final int CHARACTERS_PER_STEP = 4;

    /** Characters that are copied or compared in one step, many at a time. */
    private static final int RUN_PER_STEP = 16;

    private static final int ELEMENTS_PER_STEP = 4;

    private Values() {}

    /** Whether two values are equal: 1 and 1.0 are, and so are objects in another order. */
    static boolean same(JsonNode left, JsonNode right, Scope scope) {
        if (left instanceof ObjectNode one && right instanceof ObjectNode other) {
            return one.size() == other.size() && sameMembers(one, other, scope);
        }
        if (left instanceof ArrayNode one && right instanceof ArrayNode other) {
            return one.size() == other.size() && sameElements(one, other, scope);
        }
        return sameScalar(left, right, scope);
    }

    private static boolean sameScalar(JsonNode left, JsonNode right, Scope scope) {
        if (left.isNumber()) {
            return right.isNumber() && left.doubleValue() == right.doubleValue();
        }
        return left.isString()
                ? right.isString() && sameText(left.stringValue(), right.stringValue(), scope)
                : left.equals(right);
    }

    private static boolean sameText(String left, String right, Scope scope) {
        if (left.length() != right.length()) {
            return false;
        }
        payRun(left.length(), scope);
        return left.equals(right);
    }

    private static boolean sameElements(ArrayNode left, ArrayNode right, Scope scope) {
        payElements(left, scope);
        for (int i = 0; i < left.size(); i++) {
            if (!same(left.get(i), right.get(i), scope)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameMembers(ObjectNode left, ObjectNode right, Scope scope) {
        payElements(left, scope);
        for (var member : left.properties()) {
            JsonNode other = right.get(member.getKey());
            if (other == null || !same(member.getValue(), other, scope)) {
                return false;
            }
        }
        return true;
    }

    /** How many characters a text has. */
    static int length(String text, Scope scope) {
        payText(text.length(), scope);
        return text.codePointCount(0, text.length());
    }

    /** Whether two values have an order. */
    static boolean areOrdered(JsonNode left, JsonNode right) {
        return (left.isNumber() && right.isNumber())
                || (left.isString() && right.isString())
                || (left.isBoolean() && right.isBoolean());
    }

    /** The order of two values that have one. */
    static int compare(JsonNode left, JsonNode right, Scope scope) {
        if (left.isNumber()) {
            return compare(left.doubleValue(), right.doubleValue());
        }
        if (left.isBoolean()) {
            return Boolean.compare(left.booleanValue(), right.booleanValue());
        }
        String one = left.stringValue();
        String other = right.stringValue();
        payText(Math.min(one.length(), other.length()), scope);
        return compare(one, other);
    }

    /** Zeros are equal, whatever their sign. */
    static int compare(double left, double right) {
        return left < right ? -1 : left > right ? 1 : 0;
    }

    /**
     * The order of code points, which is also that of UTF-8 bytes, and so that of the storage. Java
     * compares halves of characters: those behind U+FFFF would come before U+E000.
     */
    static int compare(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char one = left.charAt(i);
            char other = right.charAt(i);
            if (one != other) {
                return rank(one) - rank(other);
            }
        }
        return left.length() - right.length();
    }

    /** Puts the surrogates, D800 to DFFF, behind all others. */
    private static int rank(char c) {
        return c < Character.MIN_SURROGATE
                ? c
                : c > Character.MAX_SURROGATE ? c - 0x800 : c + 0x2000;
    }

    /** What stands at a place in a value, if anything does. */
    static @Nullable JsonNode element(JsonNode of, JsonNode place) {
        if (place.isString()) {
            return of.get(place.stringValue());
        }
        if (!place.isNumber() || !(of instanceof ArrayNode list)) {
            return null;
        }
        double index = place.doubleValue();
        return index >= 0 && index < list.size() && index == (int) index
                ? list.get((int) index)
                : null;
    }

    /**
     * Whether a text is in another, in time proportional to both (Knuth, Morris and Pratt): Java's own
     * search multiplies their lengths.
     */
    static boolean contains(String text, String part, Scope scope) {
        if (part.length() <= RUN_PER_STEP) {
            payRun(text.length(), scope);
            return text.contains(part);
        }
        if (part.length() > text.length()) {
            return false;
        }
        payText(text.length() + part.length(), scope);
        int[] borders = borders(part);
        int matched = 0;
        for (int i = 0; i < text.length() && matched < part.length(); i++) {
            matched = extend(part, borders, matched, text.charAt(i));
        }
        return matched == part.length();
    }

    /** For each beginning of a text: the length of the longest other one that it ends with. */
    private static int[] borders(String part) {
        int[] borders = new int[part.length()];
        for (int i = 1; i < part.length(); i++) {
            borders[i] = extend(part, borders, borders[i - 1], part.charAt(i));
        }
        return borders;
    }

    private static int extend(String part, int[] borders, int matched, char next) {
        int length = matched;
        while (length > 0 && part.charAt(length) != next) {
            length = borders[length - 1];
        }
        return part.charAt(length) == next ? length + 1 : 0;
    }

    /** The value in the one form that constants have: numbers are doubles, and no zero is negative. */
    static JsonNode canonical(JsonNode value) {
        if (value.isNumber()) {
            return DoubleNode.valueOf(value.doubleValue() + 0.0);
        }
        if (value instanceof ArrayNode list) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode(list.size());
            list.forEach(element -> copy.add(canonical(element)));
            return copy;
        }
        return value;
    }

    static JsonNode orNull(@Nullable JsonNode value) {
        return value == null ? NullNode.getInstance() : value;
    }

    private static void payText(long characters, Scope scope) {
        scope.spend(characters / CHARACTERS_PER_STEP);
    }

    static void payRun(long characters, Scope scope) {
        scope.spend(characters / RUN_PER_STEP);
    }

    static void payElements(JsonNode container, Scope scope) {
        scope.spend(container.size() / ELEMENTS_PER_STEP);
    }
}
