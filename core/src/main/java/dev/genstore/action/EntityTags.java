package dev.genstore.action;

import dev.genstore.resource.Position;
import dev.genstore.resource.ProblemType;
import dev.genstore.store.Precondition.Versions;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads lists of entity tags (RFC 9110, 8.8.3). A tag that is not a position is allowed, and matches
 * nothing.
 */
final class EntityTags {
    private static final Pattern TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"");
    private static final Pattern SEPARATOR = Pattern.compile("[ \\t]*(?:,[ \\t]*)+");

    private EntityTags() {}

    /** For {@code If-Match}: a weak tag never matches (RFC 9110, 13.1.1). */
    static Versions strong(String header, String value) {
        return read(header, value, false);
    }

    /** For {@code If-None-Match}: a weak tag matches as well (RFC 9110, 13.1.2). */
    static Versions weak(String header, String value) {
        return read(header, value, true);
    }

    private static Versions read(String header, String value, boolean weakCounts) {
        String list = value.strip();
        if ("*".equals(list)) {
            return Versions.ANY;
        }
        var positions = new ArrayList<Position>();
        Matcher tag = TAG.matcher(list);
        Matcher separator = SEPARATOR.matcher(list);
        int at = separator.lookingAt() ? separator.end() : 0;
        if (at == list.length()) {
            throw malformed(header);
        }
        while (at < list.length()) {
            if (!tag.region(at, list.length()).lookingAt()) {
                throw malformed(header);
            }
            if (weakCounts || tag.group(1) == null) {
                add(positions, tag.group(2));
            }
            at = behindSeparator(header, list, separator, tag.end());
        }
        return new Versions(false, positions);
    }

    private static int behindSeparator(String header, String list, Matcher separator, int at) {
        if (at == list.length()) {
            return at;
        }
        if (!separator.region(at, list.length()).lookingAt()) {
            throw malformed(header);
        }
        return separator.end();
    }

    private static void add(List<Position> positions, String opaque) {
        Position position = Position.parse(opaque);
        if (position != null) {
            positions.add(position);
        }
    }

    private static RuntimeException malformed(String header) {
        return ProblemType.INVALID_HEADER.because(
                header + " is * or a list of quoted entity tags, for example \"k3f9-1842\".");
    }
}
