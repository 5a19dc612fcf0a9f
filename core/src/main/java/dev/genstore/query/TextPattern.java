package dev.genstore.query;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import java.util.regex.MatchResult;

/**
 * A regular expression in the syntax of RE2, which takes time in proportion to the text, whatever
 * the pattern. Two are equal when they are written alike. Immutable.
 */
public final class TextPattern {
    private static final java.util.regex.Pattern COUNT =
            java.util.regex.Pattern.compile("\\{(\\d{1,4})(?:,(\\d{0,4}))?}");

    private final Pattern pattern;

    private TextPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * The pattern that is written so.
     *
     * @throws IllegalArgumentException when it is none, or too large; the message says it to a client
     */
    public static TextPattern of(String text) {
        if (text.length() > FilterLimits.PATTERN_LENGTH_MAX) {
            throw new IllegalArgumentException("The pattern is longer than "
                    + FilterLimits.PATTERN_LENGTH_MAX + " characters.");
        }
        if (counts(text) * text.length() > FilterLimits.PATTERN_COUNTS_MAX) {
            throw new IllegalArgumentException("The pattern repeats too much.");
        }
        try {
            return bounded(Pattern.compile(text));
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException(
                    "The pattern is not one of RE2: " + wrong.getDescription() + ".", wrong);
        }
    }

    private static TextPattern bounded(Pattern pattern) {
        if (pattern.programSize() > FilterLimits.PATTERN_SIZE_MAX) {
            throw new IllegalArgumentException("The pattern is too large: its program has "
                    + pattern.programSize() + " instructions of at most "
                    + FilterLimits.PATTERN_SIZE_MAX + ".");
        }
        return new TextPattern(pattern);
    }

    /** RE2 writes a counted part out as often as it says, so counts in counts multiply. */
    private static double counts(String text) {
        return COUNT.matcher(text)
                .results()
                .mapToDouble(TextPattern::count)
                .reduce(1, (one, other) -> one * other);
    }

    private static double count(MatchResult braces) {
        String most = braces.group(2);
        boolean open = most == null || most.isEmpty();
        return Math.max(1, Integer.parseInt(open ? braces.group(1) : most));
    }

    /** Whether it is found anywhere in a text. */
    public boolean isIn(String text) {
        return pattern.matcher(text).find();
    }

    /** About how many steps the search takes. */
    public long steps(String text) {
        return (long) text.length() * pattern.programSize() / 2;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TextPattern same
                && pattern.pattern().equals(same.pattern.pattern());
    }

    @Override
    public int hashCode() {
        return pattern.pattern().hashCode();
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
