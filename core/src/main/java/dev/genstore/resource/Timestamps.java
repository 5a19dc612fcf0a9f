package dev.genstore.resource;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Pattern;

/**
 * Times as the protocol writes them. Each event tells three, which mostly fall into seconds that were
 * told before, so the texts of some seconds are kept: that is what takes long.
 *
 * <p>Thread-safe.
 */
final class Timestamps {
    private static final Pattern RFC_3339 = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt]"
            + "[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})");
    private static final int KEPT = 256;
    private static final AtomicReferenceArray<@Nullable Second> SECONDS =
            new AtomicReferenceArray<>(KEPT);

    /** A second with its text up to the dot behind it. */
    private record Second(long second, String text) {}

    private Timestamps() {}

    /** RFC 3339, UTC, milliseconds. */
    static String text(long millis) {
        int fraction = Math.floorMod(millis, 1000);
        String zeros = fraction < 10 ? "00" : fraction < 100 ? "0" : "";
        return textOf(Math.floorDiv(millis, 1000L)) + zeros + fraction + 'Z';
    }

    /** The milliseconds of a time that RFC 3339 allows, rounded down, or null when it is none. */
    static @Nullable Long millis(String text) {
        if (!RFC_3339.matcher(text).matches()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text.toUpperCase(Locale.ROOT))
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeParseException noSuchDay) {
            return null;
        }
    }

    private static String textOf(long second) {
        int slot = Math.floorMod(second, KEPT);
        Second known = SECONDS.get(slot);
        if (known == null || known.second != second) {
            String text = DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochSecond(second));
            known = new Second(second, text.substring(0, text.length() - 1) + '.');
            SECONDS.set(slot, known);
        }
        return known.text;
    }
}
