package dev.genstore.client;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a history. The first of two events of one change lies between two revisions, so places
 * are counted in halves. Immutable.
 *
 * @param halves twice the revision, and one more for a place behind it that is before the next one
 */
record Position(String epoch, long halves) {
    /**
     * No history has this epoch, since those of servers are longer: who comes from there is reset.
     */
    static final String NOWHERE = "none-0";

    private static final Pattern FORM = Pattern.compile("([a-z0-9]+)-(\\d{1,18})(\\.\\d+)?");

    /** What the text says; empty for a bare revision or a time. */
    static Optional<Position> find(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long revision = Long.parseLong(matcher.group(2));
        return Optional.of(
                new Position(matcher.group(1), 2 * revision + (matcher.group(3) == null ? 0 : 1)));
    }

    static Position of(String text) {
        return find(text)
                .orElseThrow(() -> new IllegalArgumentException("not a position: " + text));
    }

    /** The first revision that is not before this place, in halves. */
    long upwards() {
        return halves + (halves & 1);
    }
}
