package dev.genstore.store;

import java.time.Duration;

/**
 * How long the log is kept. A change goes when it is older than {@code age} or when {@code changes}
 * later ones exist.
 *
 * @param age how old a change may be
 * @param changes how many changes are kept at most
 */
public record Retention(Duration age, long changes) {
    /** Seven days and a million changes. */
    public static final Retention DEFAULT = new Retention(Duration.ofDays(7), 1_000_000);

    public Retention {
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("age must be above zero: " + age);
        }
        if (changes < 1) {
            throw new IllegalArgumentException("changes must be at least 1: " + changes);
        }
    }
}
