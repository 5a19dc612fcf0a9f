package dev.genstore.store;

import java.time.Duration;

/**
 * How long the answers to what may be repeated are kept. When there are too many the oldest go,
 * whatever their age: then a repetition is done anew.
 *
 * @param age how old an answer may be
 * @param countMax how many are kept
 * @param bytesMax how many bytes they may take together
 */
public record AnswerRetention(Duration age, long countMax, long bytesMax) {
    /** 24 hours, 100,000 answers, 256 MiB. */
    public static final AnswerRetention DEFAULT =
            new AnswerRetention(Duration.ofHours(24), 100_000, 256L << 20);

    public AnswerRetention {
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("age must be above zero: " + age);
        }
        if (countMax < 1 || bytesMax < 1) {
            throw new IllegalArgumentException("at least one answer is kept: " + countMax
                    + " of together " + bytesMax + " bytes");
        }
    }
}
