package dev.genstore.wire.http;

import dev.genstore.router.Headers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** What header fields may consist of (RFC 9110, 5.5 and 5.6). */
public final class FieldRules {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private FieldRules() {}

    /** Whether this is a token: the form of names, methods and keywords (RFC 9110, 5.6.2). */
    public static boolean isToken(String text) {
        return !text.isEmpty() && hasOnly(text, FieldRules::isTokenCharacter);
    }

    /**
     * Whether this can be a field's value: no control characters but tabs, and nothing outside of ISO
     * 8859-1.
     */
    public static boolean isValue(String text) {
        return hasOnly(text, FieldRules::isValueCharacter);
    }

    /**
     * The elements of all fields of this name as one list. Empty elements are left out, as RFC 9110,
     * 5.6.1.2 wants it.
     */
    public static List<String> list(Headers headers, String name) {
        var elements = new ArrayList<String>();
        for (String value : headers.all(name)) {
            for (String element : value.split(",", -1)) {
                String trimmed = trimmed(element);
                if (!trimmed.isEmpty()) {
                    elements.add(trimmed);
                }
            }
        }
        return elements;
    }

    /** Whether the list of this name has this element, in any case. */
    public static boolean listHas(Headers headers, String name, String element) {
        return list(headers, name).stream().anyMatch(element::equalsIgnoreCase);
    }

    /** The text without the blanks around it (OWS of RFC 9110, 5.6.3). */
    static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (from < to && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    static boolean isBlank(int c) {
        return c == ' ' || c == '\t';
    }

    static boolean isTokenCharacter(int c) {
        return isAlphanumeric(c) || TOKEN_MARKS.indexOf(c) >= 0;
    }

    static boolean isAlphanumeric(int c) {
        return isWithin(c, 'a', 'z') || isWithin(c, 'A', 'Z') || isWithin(c, '0', '9');
    }

    static boolean isHexadecimal(int c) {
        return isWithin(c, '0', '9') || isWithin(c, 'a', 'f') || isWithin(c, 'A', 'F');
    }

    static boolean isValueCharacter(int c) {
        return isWithin(c, ' ', '~') || isWithin(c, 0x80, 0xFF) || c == '\t';
    }

    private static boolean hasOnly(String text, IntPredicate allowed) {
        boolean right = true;
        for (int i = 0; right && i < text.length(); i++) {
            right = allowed.test(text.charAt(i));
        }
        return right;
    }

    private static boolean isWithin(int c, int least, int most) {
        return c >= least && c <= most;
    }
}
