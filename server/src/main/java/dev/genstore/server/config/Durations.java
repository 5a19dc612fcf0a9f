package dev.genstore.server.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations: {@code 250ms}, {@code 25s}, {@code 10m}, {@code 2h}, {@code 7d}, or ISO 8601. */
public final class Durations {
    private static final Pattern SHORT = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private Durations() {}

    /** The duration that a text means, or nothing when it has neither form. */
    public static Optional<Duration> parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        Matcher matcher = SHORT.matcher(lower);
        if (matcher.matches()) {
            return Optional.ofNullable(UNITS.get(matcher.group(2)))
                    .map(unit -> Duration.of(Long.parseLong(matcher.group(1)), unit));
        }
        return lower.startsWith("p") ? parseIso(text) : Optional.empty();
    }

    private static Optional<Duration> parseIso(String text) {
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException failure) {
            return Optional.empty();
        }
    }
}
