package dev.genstore.query;

import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A total order of a collection's resources: by some members, each upwards or downwards, and where
 * those are the same by id. How values are ordered says {@link SortValue}.
 *
 * <p>The order in SQL and this one are the same, so a list may be cut in one and watched in the other.
 * Ids go where the last key goes, if nothing else is said: then an order downwards is the order
 * upwards read from its end, and one index serves both. Immutable.
 *
 * @param keys which come first
 * @param idDescending whether the ids go downwards
 */
public record Sort(List<Key> keys, boolean idDescending) {
    /** How many keys there may be. */
    public static final int KEYS_MAX = 4;

    /** In order of id. */
    public static final Sort BY_ID = new Sort(List.of(), false);

    private static final String ID = "id";

    /** Names that SQL can write as a path: no quotes, backslashes and controls. */
    private static final Pattern MEMBER =
            Pattern.compile("[^.,\"\\\\\\p{Cntrl}]+(\\.[^.,\"\\\\\\p{Cntrl}]+)*");

    /** A member that is sorted by. */
    public record Key(List<String> path, boolean descending) {
        public Key {
            path = List.copyOf(path);
        }

        @Override
        public String toString() {
            return (descending ? "-" : "") + String.join(".", path);
        }

        private SortValue value(Document document) {
            Resource resource = document.resource();
            return switch (String.join(".", path)) {
                case "_revision" -> new SortValue.Whole(resource.revision());
                case "_created" -> new SortValue.Whole(resource.createdMillis());
                case "_updated" -> new SortValue.Whole(resource.updatedMillis());
                default -> member(document);
            };
        }

        private SortValue member(Document document) {
            JsonNode value = document.at(path);
            return value.isContainer()
                    ? new SortValue.Text(document.resource().members().textAt(path))
                    : SortValue.of(value);
        }
    }

    public Sort {
        keys = List.copyOf(keys);
    }

    /**
     * Reads {@code -priority,_created}.
     *
     * @throws dev.genstore.resource.Problem 400 when it is no order
     */
    public static Sort parse(String text) {
        var keys = new ArrayList<Key>();
        var seen = new HashSet<List<String>>();
        for (String part : text.split(",", -1)) {
            Key key = key(part);
            boolean isBehindId = seen.contains(List.of(ID));
            if (isBehindId || !seen.add(key.path) || keys.size() == KEYS_MAX) {
                throw malformed();
            }
            keys.add(key);
        }
        boolean descending = keys.getLast().descending;
        keys.removeIf(key -> key.path.equals(List.of(ID)));
        return new Sort(keys, descending);
    }

    private static Key key(String part) {
        boolean descending = part.startsWith("-");
        String name = descending ? part.substring(1) : part;
        if (!MEMBER.matcher(name).matches()) {
            throw malformed();
        }
        return new Key(List.of(name.split("\\.")), descending);
    }

    private static RuntimeException malformed() {
        return ProblemType.INVALID_PARAMETER.because("'sort' is a list of up to " + KEYS_MAX
                + " different members, like -priority,author.name; a - makes it go downwards,"
                + " and nothing comes behind id. Names with quotes, backslashes or controls"
                + " can't be sorted by.");
    }

    /** Where the resource stands. */
    public Place place(Document document) {
        return new Place(
                keys.stream().map(key -> key.value(document)).toList(),
                document.resource().id());
    }

    /** Where the resource stands. */
    public Place place(Resource resource) {
        return keys.isEmpty() ? Place.ofId(resource.id()) : place(new Document(resource));
    }

    /** The order of places. */
    public Comparator<Place> order() {
        return (left, right) -> {
            for (int i = 0; i < keys.size(); i++) {
                int result = left.values().get(i).compareTo(right.values().get(i));
                if (result != 0) {
                    return keys.get(i).descending ? -result : result;
                }
            }
            int result = left.id().compareTo(right.id());
            return idDescending ? -result : result;
        };
    }

    /** As it is written in a URL, always the same for the same order. */
    @Override
    public String toString() {
        String written = keys.stream().map(Key::toString).collect(Collectors.joining(","));
        boolean isUsual = !keys.isEmpty() && keys.getLast().descending == idDescending;
        String id = idDescending ? "-" + ID : ID;
        return isUsual ? written : keys.isEmpty() ? id : written + "," + id;
    }
}
