package dev.genstore.checks.strict;

import java.util.List;
import java.util.stream.IntStream;

/** Names of which many have the same sum in some table of names. */
final class Collisions {
    /** In {@link String#hashCode}, which counts each letter 31 times as much as the next one. */
    private static final List<String> OF_JAVA = List.of("Aa", "BB");

    /** In the table of names of JSON readers that count it 33 times as much. */
    private static final List<String> OF_READERS = List.of("Ab", "BA");

    private static final List<String> NONE = List.of("0", "1");

    private Collisions() {}

    /** Names that Java's tables take for one at first. */
    static List<String> inJava(int count) {
        return names(count, OF_JAVA, 16, "");
    }

    /** Names that a reader's table takes for one at first. */
    static List<String> inReaders(int count) {
        return names(count, OF_READERS, 16, "");
    }

    /** As many names, as long, of which hardly two are alike to any table. */
    static List<String> none(int count) {
        return names(count, NONE, 16, "x".repeat(16));
    }

    private static List<String> names(int count, List<String> letters, int length, String end) {
        return IntStream.range(0, count)
                .mapToObj(i -> name(i, letters, length) + end)
                .toList();
    }

    private static String name(int number, List<String> letters, int length) {
        var name = new StringBuilder();
        for (int i = 0; i < length; i++) {
            name.append(letters.get(number >> i & 1));
        }
        return name.toString();
    }
}
