package dev.genstore.query;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * A value as an order sees it: what is not there, then numbers, then texts. {@code false} is 0 and
 * {@code true} is 1; an array or an object is the text of its JSON. It is the order that SQLite gives
 * to what its {@code ->>} returns. Of a long text only the beginning counts, so that an index, a cursor
 * and a place in a live window have a bounded length.
 *
 * <p>Immutable.
 */
public sealed interface SortValue extends Comparable<SortValue> {
    /** So many characters of a text count, where it has more bytes than that. */
    int CHARACTERS_MAX = 256;

    /** What a member's value is in an order. */
    static SortValue of(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> new Missing();
            case BOOLEAN -> new Whole(value.booleanValue() ? 1 : 0);
            case NUMBER ->
                value.isIntegralNumber() && value.canConvertToLong()
                        ? new Whole(value.longValue())
                        : of(value.doubleValue());
            case STRING -> new Text(value.stringValue());
            case ARRAY, OBJECT, BINARY, POJO ->
                throw new IllegalArgumentException("its text was not kept: " + value);
        };
    }

    /** What a number is in an order: where it is whole, it is the same as that whole number. */
    static SortValue of(double number) {
        return isLong(number) ? new Whole((long) number) : new Real(number);
    }

    private static boolean isLong(double number) {
        return number == Math.rint(number) && Math.abs(number) < 0x1p63;
    }

    /** Which of the kinds it is, in order. */
    private int rank() {
        return switch (this) {
            case Missing missing -> 0;
            case Whole whole -> 1;
            case Real real -> 1;
            case Text text -> 2;
        };
    }

    @Override
    default int compareTo(SortValue other) {
        if (this instanceof Text left && other instanceof Text right) {
            return compareText(left.text, right.text);
        }
        return rank() == 1 && other.rank() == 1
                ? compareNumbers(this, other)
                : Integer.compare(rank(), other.rank());
    }

    /** Exactly, as a long may lie between two doubles. */
    private static int compareNumbers(SortValue left, SortValue right) {
        if (left instanceof Whole(long one) && right instanceof Whole(long two)) {
            return Long.compare(one, two);
        }
        if (left instanceof Real(double one) && right instanceof Real(double two)) {
            return Double.compare(one, two);
        }
        return exact(left).compareTo(exact(right));
    }

    private static BigDecimal exact(SortValue number) {
        return switch (number) {
            case Whole(long value) -> BigDecimal.valueOf(value);
            case Real(double value) -> new BigDecimal(value);
            case Missing missing -> throw new IllegalArgumentException("no number: " + missing);
            case Text text -> throw new IllegalArgumentException("no number: " + text);
        };
    }

    /** By code point, which is the order of UTF-8: surrogates stand above all other code units. */
    private static int compareText(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char one = left.charAt(i);
            char two = right.charAt(i);
            if (one != two) {
                boolean same = Character.isSurrogate(one) == Character.isSurrogate(two);
                return same ? Character.compare(one, two) : Character.isSurrogate(one) ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** What is not there: null, or no such member. */
    record Missing() implements SortValue {}

    /** A number that is whole, if it is not too large. */
    record Whole(long value) implements SortValue {}

    /** Any other number. */
    record Real(double value) implements SortValue {
        public Real {
            if (isLong(value)) {
                throw new IllegalArgumentException("a whole number: " + value);
            }
        }
    }

    /** A text, or the beginning of one. */
    record Text(String text) implements SortValue {
        /** A character of Java is up to three bytes of UTF-8. */
        private static final int SURELY_SHORT = CHARACTERS_MAX / 3;

        public Text {
            text = beginning(text);
        }

        /** What {@code substr} makes of it in SQL, which takes U+0000 for the end. */
        private static String beginning(String text) {
            if (isShort(text)) {
                return text;
            }
            int end = text.length();
            if (text.codePointCount(0, end) > CHARACTERS_MAX) {
                end = text.offsetByCodePoints(0, CHARACTERS_MAX);
            }
            int zero = text.indexOf('\0');
            return text.substring(0, zero < 0 ? end : Math.min(zero, end));
        }

        private static boolean isShort(String text) {
            return text.length() <= SURELY_SHORT
                    || (text.length() <= CHARACTERS_MAX
                            && text.getBytes(StandardCharsets.UTF_8).length <= CHARACTERS_MAX);
        }
    }
}
