package dev.genstore.embedded.audit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * What an {@link AuditLog} is told.
 *
 * @param file where the lines go. Full or old files are renamed: the time at which they ended is
 *     behind their name
 * @param bytesMax how many bytes all its files together have at most; the oldest file goes first
 * @param ageMax how old a file may become that is written no more
 * @param reads whether requests that only read have lines, too
 */
public record AuditSettings(Path file, long bytesMax, Duration ageMax, boolean reads) {
    /** The least that all files together may have. */
    public static final long BYTES_LEAST = 16 << 20;

    /** So many files make up what is kept, if they become full before they become old. */
    private static final int PARTS = 16;

    /** In so many minutes, 17 hours, one alone could fill them with what he only asks for. */
    private static final int MINUTES_TO_FILL = 1024;

    private static final long BYTES_DEFAULT = 1L << 30;
    private static final Duration AGE_DEFAULT = Duration.ofDays(90);

    public AuditSettings {
        Objects.requireNonNull(file, "file");
        if (bytesMax < BYTES_LEAST) {
            throw new IllegalArgumentException(
                    "bytesMax is at least " + BYTES_LEAST + ", not " + bytesMax);
        }
        if (!ageMax.isPositive()) {
            throw new IllegalArgumentException("ageMax is positive, not " + ageMax);
        }
    }

    /** The defaults: 1 GiB, 90 days, no reads. */
    public static AuditSettings of(Path file) {
        return new AuditSettings(file, BYTES_DEFAULT, AGE_DEFAULT, false);
    }

    /** The same where requests that only read have lines, too. */
    public AuditSettings withReads() {
        return new AuditSettings(file, bytesMax, ageMax, true);
    }

    /** How many bytes one file has at most. */
    long fileBytesMax() {
        return bytesMax / PARTS;
    }

    /** How many bytes of lines one of those who are let in has in a minute, in the least purse. */
    long shareBytesLeast() {
        return bytesMax / MINUTES_TO_FILL;
    }
}
