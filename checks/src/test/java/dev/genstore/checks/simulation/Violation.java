package dev.genstore.checks.simulation;

import com.google.errorprone.annotations.FormatMethod;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** A promise of the protocol that was broken. */
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    Violation(String what) {
        super(what);
    }

    Violation(String what, Throwable cause) {
        super(what, cause);
    }

    /** Throws unless the promise was kept; the text has places for the details. */
    @FormatMethod
    static void unless(boolean kept, String what, @Nullable Object... details) {
        if (!kept) {
            throw new Violation(String.format(Locale.ROOT, what, details));
        }
    }
}
