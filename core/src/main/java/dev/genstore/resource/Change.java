package dev.genstore.resource;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * An entry of the log that is whole: what one revision did to one resource, with its state before and after.
 *
 * <p>Immutable.
 *
 * @param revision the number of the change; the log has no gaps
 * @param timeMillis when it was made, in milliseconds since 1970 UTC; never falls along the log
 * @param before the resource before, or null when the change made it
 * @param after the resource after, or null when the change deleted it
 * @param origin the writer's {@code Request-Id}, or null when it sent none
 * @param traceparent where in a trace its writer was, or null when it did not say
 * @param batch the changes that were made as one with it, or null when it was made alone
 */
public record Change(
        long revision,
        long timeMillis,
        @Nullable Resource before,
        @Nullable Resource after,
        @Nullable String origin,
        @Nullable TraceParent traceparent,
        @Nullable Batch batch)
        implements LogEntry {

    /**
     * The changes of several writes that were done as one. They follow one another in the log.
     *
     * @param first the revision of the first of them
     * @param last the revision of the last of them
     */
    public record Batch(long first, long last) {
        public Batch {
            if (first < 1 || last <= first) {
                throw new IllegalArgumentException(
                        "a batch has at least two changes: " + first + " to " + last);
            }
        }
    }

    /** What happened to the resource. */
    public enum Kind {
        CREATED,
        UPDATED,
        DELETED
    }

    public Change {
        if (before == null && after == null) {
            throw new IllegalArgumentException("a change has a state before or after");
        }
        if (batch != null && (revision < batch.first || revision > batch.last)) {
            throw new IllegalArgumentException(revision + " is not in its " + batch);
        }
    }

    /** A change that was made alone, and in no trace. */
    public Change(
            long revision,
            long timeMillis,
            @Nullable Resource before,
            @Nullable Resource after,
            @Nullable String origin) {
        this(revision, timeMillis, before, after, origin, null, null);
    }

    /** The same change as one of this batch, or as one by itself when it is null. */
    public Change in(@Nullable Batch of) {
        return new Change(revision, timeMillis, before, after, origin, traceparent, of);
    }

    @Override
    public Kind kind() {
        if (before == null) {
            return Kind.CREATED;
        }
        return after == null ? Kind.DELETED : Kind.UPDATED;
    }

    @Override
    public String collection() {
        return some().collection();
    }

    @Override
    public String id() {
        return some().id();
    }

    @Override
    public int weightBytes() {
        return 64 + trace() + weight(before) + weight(after);
    }

    private int trace() {
        return traceparent == null ? 0 : TraceParent.WEIGHT_BYTES;
    }

    private static int weight(@Nullable Resource resource) {
        return resource == null ? 0 : resource.weightBytes();
    }

    private Resource some() {
        return after != null ? after : Objects.requireNonNull(before);
    }
}
