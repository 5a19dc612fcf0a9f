package dev.genstore.resource;

import org.jspecify.annotations.Nullable;

/**
 * What is left of a change that the retention of its collection has cut: that it was made, and not
 * what the resource was before and after. Whoever should have been told of it has lost something.
 *
 * <p>Immutable.
 */
public record CutChange(
        long revision,
        long timeMillis,
        String collection,
        String id,
        Change.Kind kind,
        Change.@Nullable Batch batch)
        implements LogEntry {
    private static final int WEIGHT_BYTES = 128;

    /** What is left of this one. */
    public static CutChange of(Change change) {
        return new CutChange(
                change.revision(),
                change.timeMillis(),
                change.collection(),
                change.id(),
                change.kind(),
                change.batch());
    }

    @Override
    public int weightBytes() {
        return WEIGHT_BYTES;
    }
}
