package dev.genstore.action;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Dates as HTTP writes them, and as it has ever written them (RFC 9110, 5.6.7). */
final class HttpDates {
    private static final DateTimeFormatter PRESENT = of("EEE, dd MMM yyyy HH:mm:ss 'GMT'");

    /** Two digits are a year from 1970 on. */
    private static final DateTimeFormatter RFC_850 = new DateTimeFormatterBuilder()
            .appendPattern("EEEE, dd-MMM-")
            .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
            .appendPattern(" HH:mm:ss 'GMT'")
            .toFormatter(Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter ASCTIME = of("EEE MMM ppd HH:mm:ss yyyy");
    private static final List<DateTimeFormatter> FORMS = List.of(PRESENT, RFC_850, ASCTIME);

    private HttpDates() {}

    private static DateTimeFormatter of(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }

    /** The date, to the second. */
    static String write(long millis) {
        return PRESENT.format(Instant.ofEpochMilli(millis));
    }

    /** The milliseconds since 1970 UTC of a date in any of the three forms, or null when it is none. */
    static @Nullable Long read(String date) {
        return FORMS.stream()
                .flatMap(form -> read(form, date).stream())
                .findFirst()
                .orElse(null);
    }

    private static Optional<Long> read(DateTimeFormatter form, String date) {
        try {
            return Optional.of(form.parse(date, Instant::from).toEpochMilli());
        } catch (DateTimeParseException anotherForm) {
            return Optional.empty();
        }
    }
}
