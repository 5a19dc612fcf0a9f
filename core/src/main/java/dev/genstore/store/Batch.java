package dev.genstore.store;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Writes that are done as one: all of them or none. Each sees what those before it made. Their
 * changes get revisions that follow one another, and say that they belong together.
 *
 * <p>Immutable.
 *
 * @param writes in order
 * @param isList whether a refusal says which of the writes it is about
 * @param once what makes it one that may be repeated, or null
 */
public record Batch(
        List<Write> writes, boolean isList, @Nullable Once once) {
    /** How many writes a batch may have. */
    public static final int WRITES_MAX = 1_000;

    /**
     * How many bytes the resources before and after all its writes may take together. Beyond the
     * first write, what would be more is refused: while one batch is decided, all others wait.
     */
    public static final long WEIGHT_MAX = 32L << 20;

    public Batch {
        writes = List.copyOf(writes);
        if (writes.size() > WRITES_MAX) {
            throw new IllegalArgumentException(
                    "a batch has at most " + WRITES_MAX + " writes: " + writes.size());
        }
    }

    /** A write by itself. */
    public static Batch alone(Write write, @Nullable Once once) {
        return new Batch(List.of(write), false, once);
    }

    /** A list of writes. */
    public static Batch of(List<Write> writes, @Nullable Once once) {
        return new Batch(writes, true, once);
    }
}
