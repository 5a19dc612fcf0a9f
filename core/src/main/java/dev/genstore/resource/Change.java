package dev.genstore.resource;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * One entry of the log: what one revision did to one resource, with its state before and after.
 *
 * <p>Immutable.
 *
 * @param revision the number of the change; the log has no gaps
 * @param timeMillis when it was made, in milliseconds since 1970 UTC; never falls along the log
 * @param before the resource before, or null when the change made it
 * @param after the resource after, or null when the change deleted it
 * @param origin the writer's {@code Request-Id}, or null when it sent none
 */
public record Change(
        long revision,
        long timeMillis,
        @Nullable Resource before,
        @Nullable Resource after,
        @Nullable String origin) {

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
    }

    public Kind kind() {
        if (before == null) {
            return Kind.CREATED;
        }
        return after == null ? Kind.DELETED : Kind.UPDATED;
    }

    public String collection() {
        return some().collection();
    }

    public String id() {
        return some().id();
    }

    /** About how many bytes of memory this entry takes. */
    public int weightBytes() {
        return 64 + weight(before) + weight(after);
    }

    private static int weight(@Nullable Resource resource) {
        return resource == null ? 0 : resource.weightBytes();
    }

    private Resource some() {
        return after != null ? after : Objects.requireNonNull(before);
    }
}
