package dev.genstore.server.config;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers of bytes: {@code 64KiB}, {@code 1MiB}, {@code 2GiB}, or plain {@code 65536}. */
final class ByteSizes {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([KMG]iB)?");

    private ByteSizes() {}

    /** The number of bytes that a text means, or nothing when it has another form. */
    static Optional<Long> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(matcher.group(1)) << shift(matcher.group(2)));
    }

    private static int shift(@Nullable String unit) {
        return switch (unit) {
            case null -> 0;
            case "KiB" -> 10;
            case "MiB" -> 20;
            default -> 30;
        };
    }
}
