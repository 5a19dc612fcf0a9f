package dev.genstore.testkit;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Invents values and documents, and writes them in any of the ways in which JSON and CEL let them be
 * written. They are alike, or alike but for what is easily overlooked. Confined to one thread.
 */
final class InventedValues {
    /** Members whose names are identifiers. */
    static final List<String> NAMES = List.of("a", "b", "c", "d", "e_1");

    /** Members whose names are none. */
    static final List<String> ODD_NAMES = List.of("größe", "x y", "it's", "🌍");

    /** Alike for longer than what counts of a text in an order. */
    private static final String LONG = "y".repeat(255);

    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "b",
            "ab",
            "é",
            "\uFFFD",
            "😀",
            "a😀",
            "1",
            "true",
            "a\u0000",
            "say \"a\" \\ \n",
            "it's",
            LONG + "z",
            LONG + "za",
            LONG + "😀b",
            "2026-01-01T00:00:00.002Z");
    private static final List<Double> NUMBERS =
            List.of(0.0, -0.0, 1.0, 1.0, 1.0, 2.0, 31.0, 0.5, -3.5, 1e300, 9007199254740992.0);
    private static final JsonMapper JSON = new JsonMapper();

    private final Random random;

    InventedValues(Random random) {
        this.random = random;
    }

    <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    @Nullable Object scalar() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> pick(NUMBERS);
            case 2, 3 -> pick(TEXTS);
            case 4 -> random.nextBoolean();
            default -> random.nextBoolean() ? null : 1.0;
        };
    }

    /** A value of any kind, as it is in a document. */
    private @Nullable Object any(int depth) {
        return switch (random.nextInt(depth == 0 ? 1 : 4)) {
            case 2 -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(any(depth - 1));
                }
                yield list;
            }
            case 3 -> document(depth - 1);
            default -> scalar();
        };
    }

    /** An object that lacks some members. */
    Map<String, @Nullable Object> document(int depth) {
        Map<String, @Nullable Object> members = new HashMap<>();
        NAMES.stream()
                .filter(any -> random.nextInt(4) > 0)
                .forEach(name -> members.put(name, any(depth)));
        ODD_NAMES.stream()
                .filter(any -> random.nextInt(4) == 0)
                .forEach(name -> members.put(name, any(depth)));
        return members;
    }

    /** A document as JSON; whole numbers are written as 1, 1.0 or 1e0. */
    String json(Map<String, @Nullable Object> document) {
        String[] forms = {"1", "1.0", "1e0"};
        return JSON.writeValueAsString(document)
                .replaceAll("(?<=[:,\\[])1\\.0(?=[,}\\]])", forms[random.nextInt(forms.length)]);
    }

    /** A scalar as a constant of CEL. */
    String written(@Nullable Object value) {
        return switch (value) {
            case String text -> text(text);
            case Double number -> number(number);
            case null, default -> String.valueOf(value);
        };
    }

    private String text(String text) {
        String json = JSON.writeValueAsString(text);
        String inner = json.substring(1, json.length() - 1);
        return switch (random.nextInt(8)) {
            case 0 -> '\'' + inner.replace("'", "\\'") + '\'';
            case 1 -> "\"\"\"" + inner + "\"\"\"";
            case 2 -> '"' + escaped(inner) + '"';
            case 3 -> inner.equals(text) ? "r\"" + text + '"' : json;
            default -> json;
        };
    }

    /** What is not ASCII, by its number. */
    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(each -> {
            if (each < 0x80) {
                escaped.append((char) each);
            } else {
                escaped.append((each > 0xFFFF ? "\\U%08x" : "\\u%04x").formatted(each));
            }
        });
        return escaped.toString();
    }

    private String number(double number) {
        boolean isSmall = number >= 0 && number < 100 && 1 / number > 0;
        if (!isSmall || number != Math.rint(number)) {
            return Double.toString(number);
        }
        long whole = (long) number;
        return pick(List.of("" + whole, whole + ".0", whole + "e0", "0x%X".formatted(whole)));
    }
}
