package dev.genstore.checks.docs;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a document shows, held against what comes: word for word but for what is another each time. An
 * ellipsis stands for anything on a line; a position, a time, an id that the server makes, an address of
 * those kept for examples (192.0.2.0/24) and a revision from 1800 to 1899 for any of their kind. JSON may
 * be broken into lines that begin with a blank. Immutable.
 */
final class Shown {
    private static final String TIME = "\\b20\\d\\d-\\d\\d-\\d\\dT[\\d:.]+Z";
    private static final String UUID = "\\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b";
    private static final List<Kind> KINDS = List.of(
            new Kind("…", "[^\\n]*"),
            new Kind(UUID, UUID),
            new Kind(TIME, TIME),
            new Kind("\\bk3f9(?:a1)?-18\\d\\d\\b", "[a-z0-9]+-\\d+"),
            new Kind("\\bk3f9(?:a1)?(?=-\\d)", "[a-z0-9]+"),
            new Kind("\\b18\\d\\d\\b", "\\d+"),
            new Kind("(?<=;r=)\\d+", "\\d+"),
            new Kind("\\bab3cd4ef\\b", "[a-z0-9]{8}"),
            new Kind("\\b192\\.0\\.2\\.\\d+\\b", "[0-9a-f.:]+"));
    private static final Pattern ANY = Pattern.compile(KINDS.stream()
            .map(kind -> "(" + kind.example() + ")")
            .collect(Collectors.joining("|")));

    private final Pattern pattern;

    /**
     * Takes what a document shows.
     *
     * @param isJson whether it may be broken into lines
     */
    Shown(String text, boolean isJson) {
        String shown = text.strip();
        pattern = pattern(isJson ? shown.replaceAll("\\n\\s+", "") : shown);
    }

    /**
     * What is another each time.
     *
     * @param example what a document has
     * @param all what may come instead
     */
    private record Kind(String example, String all) {}

    /** Whether it was said, on lines that follow one another. */
    boolean isIn(String said) {
        return pattern.matcher(said.replace("\r", "")).find();
    }

    private static Pattern pattern(String text) {
        var pattern = new StringBuilder();
        Matcher found = ANY.matcher(text);
        int end = 0;
        while (found.find()) {
            pattern.append(Pattern.quote(text.substring(end, found.start())));
            pattern.append(KINDS.get(kind(found)).all());
            end = found.end();
        }
        return Pattern.compile(
                pattern.append(Pattern.quote(text.substring(end))).toString());
    }

    private static int kind(Matcher found) {
        return IntStream.range(0, KINDS.size())
                .filter(i -> found.group(i + 1) != null)
                .findFirst()
                .orElseThrow();
    }
}
