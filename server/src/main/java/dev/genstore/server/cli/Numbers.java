package dev.genstore.server.cli;

import dev.genstore.server.config.UsageError;

import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the numbers of a command line. */
final class Numbers {
    private static final Pattern POSITIVE = Pattern.compile("[1-9][0-9]{0,8}");

    private Numbers() {}

    /** A number from 1 to 999,999,999. */
    static int positive(String option, Optional<String> given, long byDefault) {
        String text = given.orElse(String.valueOf(byDefault));
        if (!POSITIVE.matcher(text).matches()) {
            throw new UsageError(option + " is '" + text
                    + "'; it must be a whole number from 1 to 999999999, for example " + byDefault
                    + ".");
        }
        return Integer.parseInt(text);
    }
}
