package dev.genstore.resource;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the history of one store, written {@code <epoch>-<revision>}, for example {@code
 * k3f9-1842}. It is a version, an ETag, an event's id and the point to resume a watch from.
 *
 * <p>The epoch names one history, so that a position of another one (an older backup, another
 * store) is never taken for a valid one. A client may leave it out; then it is not checked.
 *
 * <p>Immutable.
 *
 * @param epoch the history's name, or null when the client gave a bare revision
 * @param revision the number of the change, from 0 (before the first one)
 */
public record Position(@Nullable String epoch, long revision) {
    private static final Pattern FORM =
            Pattern.compile("(?:([a-z0-9]{1,16})-)?(0|[1-9][0-9]{0,17})");

    public Position {
        if (revision < 0) {
            throw new IllegalArgumentException("revision is negative: " + revision);
        }
    }

    /** The position that {@code text} names, or null when it does not have the form of one. */
    public static @Nullable Position parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        return new Position(matcher.group(1), Long.parseLong(matcher.group(2)));
    }

    /** Whether this is a position in the history {@code current}; a bare revision is in any. */
    public boolean isOf(String current) {
        return epoch == null || epoch.equals(current);
    }

    /** The strong entity tag of this position, with its quotes (RFC 9110, 8.8.3). */
    public String etag() {
        return '"' + toString() + '"';
    }

    @Override
    public String toString() {
        return epoch == null ? Long.toString(revision) : epoch + '-' + revision;
    }
}
