package dev.genstore.sqlite;

import dev.genstore.query.SortValue;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A member of a resource as SQL has it: a column, or an expression on the body. An index's entries are
 * made by the very same expression, so it is written here and nowhere else.
 *
 * <p>The body is cast, for a blob would be read as SQLite's own binary JSON, and one of exactly the
 * right length would be taken for that.
 */
final class MemberSql {
    /** In an index's entry, the value of a member that is not there: below all that JSON can say. */
    static final Double MISSING = Double.NEGATIVE_INFINITY;

    private static final String MISSING_SQL = "-9e999";

    private static final Pattern PLAIN = Pattern.compile("[^\"\\\\\\p{Cntrl}]*");

    private static final Map<String, String> COLUMNS = Map.of(
            "id", "id",
            "_revision", "revision",
            "_created", "created_millis",
            "_updated", "updated_millis");

    private MemberSql() {}

    /** The expression, if there is one that means the same. */
    static Optional<String> of(List<String> path) {
        String column = path.size() == 1 ? COLUMNS.get(path.getFirst()) : null;
        if (column != null) {
            return Optional.of(column);
        }
        return path.stream().allMatch(name -> PLAIN.matcher(name).matches())
                ? Optional.of("CAST(body AS TEXT) ->> '$" + inText(path) + "'")
                : Optional.empty();
    }

    /**
     * The expression of a member that can be sorted by, which has one.
     *
     * @throws IllegalArgumentException when it has none
     */
    static String require(List<String> path) {
        return of(path).orElseThrow(() -> new IllegalArgumentException("not in SQL: " + path));
    }

    private static String inText(List<String> path) {
        return path.stream()
                .map(name -> ".\"" + name.replace("'", "''") + "\"")
                .collect(Collectors.joining());
    }

    /** Whether a resource may lack it; the server's members it never does. */
    static boolean canBeMissing(String member) {
        return !COLUMNS.containsValue(member);
    }

    /** What a member is in an order: of a long text the beginning, see {@link SortValue}. */
    static String key(String member) {
        return canBeMissing(member)
                ? "iif(octet_length(" + member + ") > " + SortValue.CHARACTERS_MAX + ", substr("
                        + member + ", 1, " + SortValue.CHARACTERS_MAX + "), " + member + ")"
                : member;
    }

    /**
     * What an index's entry has of a member. The sign takes the type from a column: a comparison of a
     * number of a column with what is of any type is made in a way that no key is searched by.
     */
    static String entry(String member) {
        return canBeMissing(member)
                ? "coalesce(" + key(member) + ", " + MISSING_SQL + ")"
                : "+" + member;
    }

    /** A value as a parameter; for one that is not there, what an entry has. */
    static Object parameter(SortValue value) {
        return switch (value) {
            case SortValue.Whole(long number) -> number;
            case SortValue.Real(double number) -> number;
            case SortValue.Text(String text) -> text;
            case SortValue.Missing missing -> MISSING;
        };
    }

    /** What SQLite returned for a member. */
    static SortValue value(@Nullable Object returned) {
        return switch (returned) {
            case null -> new SortValue.Missing();
            case Double number when number.equals(MISSING) -> new SortValue.Missing();
            case Double number -> SortValue.of(number.doubleValue());
            case Number number -> new SortValue.Whole(number.longValue());
            case String text -> new SortValue.Text(text);
            default -> throw new IllegalArgumentException("no member: " + returned.getClass());
        };
    }
}
