package dev.genstore.resource;

import org.jspecify.annotations.Nullable;

/**
 * One entry of the log: a change, or what is left of one. The log has no gaps, so an entry stays as
 * long as the log reaches back so far, whatever its collection keeps.
 */
public sealed interface LogEntry permits Change, CutChange {
    /** The number of the change. */
    long revision();

    /** When it was made, in milliseconds since 1970 UTC; never falls along the log. */
    long timeMillis();

    String collection();

    String id();

    Change.Kind kind();

    /** The changes that were made as one with it, or null when it was made alone. */
    Change.@Nullable Batch batch();

    /** About how many bytes of memory it takes. */
    int weightBytes();

    /**
     * Whether it is the last of a batch of which somebody has been told a part, who was told last of
     * {@code told}.
     */
    default boolean endsBatchOf(long told) {
        Change.Batch batch = batch();
        return batch != null
                && revision() == batch.last()
                && told >= batch.first()
                && told < revision();
    }
}
