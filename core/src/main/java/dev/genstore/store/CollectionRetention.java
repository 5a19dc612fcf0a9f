package dev.genstore.store;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For how long the log keeps what changes have done to the resources of one collection. A change is
 * cut as soon as one of the two says so. The log as a whole has its own {@link Retention}, beyond
 * which nothing is kept.
 *
 * <p>Immutable.
 *
 * @param age how old a change may be, or null when that does not matter
 * @param changes how many changes are kept at most, or null when that does not matter
 */
public record CollectionRetention(
        @Nullable Duration age, @Nullable Long changes) {
    /** As long as the log has them. */
    public static final CollectionRetention NONE = new CollectionRetention(null, null);

    private static final Set<String> KNOWN = Set.of("age", "changes");
    private static final Duration AGE_MIN = Duration.ofSeconds(1);
    private static final Duration AGE_MAX = Duration.ofDays(36_500);
    private static final long CHANGES_MAX = 1_000_000_000_000L;
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})([smhd])");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    public CollectionRetention {
        if (age != null && (age.compareTo(AGE_MIN) < 0 || age.compareTo(AGE_MAX) > 0)) {
            throw new IllegalArgumentException("age must be from 1s to 36500d: " + age);
        }
        if (changes != null && (changes < 1 || changes > CHANGES_MAX)) {
            throw new IllegalArgumentException(
                    "changes must be from 1 to " + CHANGES_MAX + ": " + changes);
        }
    }

    /** Whether it asks for nothing. */
    boolean isNone() {
        return age == null && changes == null;
    }

    /**
     * Reads the member of a definition.
     *
     * @throws Problem 400 {@code invalid-definition} that points to what is wrong
     */
    static CollectionRetention read(JsonNode json) {
        if (!json.isObject() || json.isEmpty()) {
            throw wrong("", "A retention is an object with age, changes or both.");
        }
        json.propertyNames().forEach(CollectionRetention::requireKnown);
        return new CollectionRetention(
                json.has("age") ? age(json.get("age")) : null,
                json.has("changes") ? changes(json.get("changes")) : null);
    }

    private static void requireKnown(String name) {
        if (!KNOWN.contains(name)) {
            throw ProblemType.INVALID_DEFINITION.atUnknown(name, KNOWN).inside("/retention");
        }
    }

    private static Duration age(JsonNode json) {
        Matcher matcher = DURATION.matcher(json.isString() ? json.stringValue() : "");
        ChronoUnit unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        Duration age =
                unit == null ? Duration.ZERO : Duration.of(Long.parseLong(matcher.group(1)), unit);
        if (age.compareTo(AGE_MIN) < 0 || age.compareTo(AGE_MAX) > 0) {
            throw wrong(
                    "/age",
                    "An age is a number and a unit, s, m, h or d, such as \"7d\"; from 1s to 36500d.");
        }
        return age;
    }

    private static long changes(JsonNode json) {
        boolean isWhole = json.isIntegralNumber() && json.canConvertToLong();
        if (!isWhole || json.longValue() < 1 || json.longValue() > CHANGES_MAX) {
            throw wrong("/changes", "changes is a whole number from 1 to " + CHANGES_MAX + ".");
        }
        return json.longValue();
    }

    private static Problem wrong(String pointer, String detail) {
        return ProblemType.INVALID_DEFINITION.at("/retention" + pointer, detail);
    }
}
