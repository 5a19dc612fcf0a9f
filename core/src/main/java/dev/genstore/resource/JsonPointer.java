package dev.genstore.resource;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The way to a place in a JSON document (RFC 6901). It is walked and never climbed by recursion, so
 * the document may be as deep as it likes.
 *
 * <p>Immutable.
 *
 * @param text as it was written
 * @param names the names and indices on the way; none for the document itself
 */
public record JsonPointer(String text, List<String> names) {
    private static final Pattern FORM = Pattern.compile("(?:/(?:[^/~]|~[01])*+)*+");
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final int SHOWN_CHARACTERS_MAX = 100;

    public JsonPointer {
        names = List.copyOf(names);
    }

    /** The pointer of this text, or null when it does not have the form of one. */
    public static @Nullable JsonPointer parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return null;
        }
        List<String> names = Arrays.stream(text.split("/", -1))
                .skip(1)
                .map(name -> name.replace("~1", "/").replace("~0", "~"))
                .toList();
        return new JsonPointer(text, names);
    }

    /** The text of the pointer to a member of the document itself. */
    public static String to(String member) {
        return "/" + escaped(member);
    }

    /** A name as it stands in a pointer. */
    public static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** Whether it is the way to the document itself. */
    public boolean isRoot() {
        return names.isEmpty();
    }

    /** The last name. */
    public String last() {
        return names.getLast();
    }

    /** Whether the other place is inside this one. */
    public boolean isAbove(JsonPointer other) {
        return names.size() < other.names.size()
                && names.equals(other.names.subList(0, names.size()));
    }

    /** What is there, or null when nothing is. */
    public @Nullable JsonNode find(JsonNode document) {
        return walk(document, names);
    }

    /** What the last name is in, or null when there is no such thing. */
    public @Nullable JsonNode findParent(JsonNode document) {
        return walk(document, names.subList(0, names.size() - 1));
    }

    private static @Nullable JsonNode walk(JsonNode document, List<String> way) {
        JsonNode place = document;
        for (String name : way) {
            place = place instanceof ArrayNode array ? array.get(index(name)) : place.get(name);
            if (place == null) {
                return null;
            }
        }
        return place;
    }

    /** The index that a name is in an array, or -1 when it is none. */
    public static int index(String name) {
        return INDEX.matcher(name).matches() ? Integer.parseInt(name) : -1;
    }

    /** For messages, where the beginning of a long one is enough. */
    @Override
    public String toString() {
        if (isRoot()) {
            return "the document";
        }
        return text.codePointCount(0, text.length()) <= SHOWN_CHARACTERS_MAX
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN_CHARACTERS_MAX)) + "…";
    }
}
