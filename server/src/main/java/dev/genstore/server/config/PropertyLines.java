package dev.genstore.server.config;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;

/**
 * Reads properties one by one and knows the line of each, which {@link Properties} does not tell.
 * So this only cuts the text into logical lines; what stands in one, {@link Properties} reads.
 *
 * <p>Confined to the thread that uses it.
 */
final class PropertyLines {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String name;
    private final List<String> lines;
    private int next;

    /** Takes the properties in the order of the text. */
    interface Taker {
        /** Takes one; {@code place} is where it stands, for example {@code a.properties:3: }. */
        void take(String place, String key, String value);
    }

    private PropertyLines(String name, List<String> lines) {
        this.name = name;
        this.lines = lines;
    }

    /**
     * Gives all properties of a text to {@code taker}.
     *
     * @param name what places and errors call the text
     * @throws UsageError when it is malformed
     */
    static void read(String name, String text, Taker taker) {
        String bare = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        new PropertyLines(name, bare.lines().toList()).readAll(taker);
    }

    private void readAll(Taker taker) {
        while (next < lines.size()) {
            String place = name + ":" + (next + 1) + ": ";
            Properties one = parse(place, logicalLine());
            one.forEach((key, value) -> taker.take(place, (String) key, (String) value));
        }
    }

    /** A natural line with those that continue it. */
    private String logicalLine() {
        String line = lines.get(next++);
        var logical = new StringBuilder(line);
        boolean isComment = line.strip().startsWith("#") || line.strip().startsWith("!");
        while (!isComment && continues(line) && next < lines.size()) {
            line = lines.get(next++);
            logical.append('\n').append(line);
        }
        return logical.toString();
    }

    /** Two backslashes are one that is meant; only an odd one continues the line. */
    private static boolean continues(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\\') {
            end--;
        }
        return (line.length() - end) % 2 == 1;
    }

    private static Properties parse(String place, String logicalLine) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(logicalLine));
        } catch (IllegalArgumentException failure) {
            throw new UsageError(place + "A \\u must have four hexadecimal digits behind it.");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return properties;
    }
}
