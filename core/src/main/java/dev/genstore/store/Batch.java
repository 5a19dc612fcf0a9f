package dev.genstore.store;

import dev.genstore.query.Authority;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;

/**
 * Writes that are done as one: all of them or none. Each sees what those before it made. Their
 * changes get revisions that follow one another, and say that they belong together.
 *
 * <p>Immutable.
 *
 * @param writes in order
 * @param isList whether a refusal says which of the writes it is about
 * @param once what makes it one that may be repeated, or null
 * @param by in whose name they are done
 */
public record Batch(
        List<Write> writes, boolean isList, @Nullable Once once, Authority by) {
    /** How many writes a batch may have. */
    public static final int WRITES_MAX = 1_000;

    /**
     * How many bytes the resources before and after all its writes may take together. Beyond the
     * first write, what would be more is refused: while one batch is decided, all others wait.
     */
    public static final long WEIGHT_MAX = 32L << 20;

    public Batch {
        writes = List.copyOf(writes);
        Objects.requireNonNull(by, "by");
        if (writes.size() > WRITES_MAX) {
            throw new IllegalArgumentException(
                    "a batch has at most " + WRITES_MAX + " writes: " + writes.size());
        }
    }

    /** A write by itself. */
    public static Batch alone(Write write, @Nullable Once once) {
        return new Batch(List.of(write), false, once, Authority.ALL);
    }

    /** A list of writes. */
    public static Batch of(List<Write> writes, @Nullable Once once) {
        return new Batch(writes, true, once, Authority.ALL);
    }

    /** The same in somebody's name. */
    public Batch by(Authority somebody) {
        return new Batch(writes, isList, once, somebody);
    }
}
