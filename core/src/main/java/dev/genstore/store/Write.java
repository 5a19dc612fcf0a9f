package dev.genstore.store;

import dev.genstore.resource.Names;
import dev.genstore.resource.TraceParent;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * One write to one resource.
 *
 * <p>Immutable.
 *
 * @param collection the collection; it is made by its first write
 * @param id the resource's id
 * @param edit what to make of it
 * @param precondition what must hold for that
 * @param origin the writer's {@code Request-Id}, told with the change, or null
 * @param traceparent where in a trace the writer is, told with the change, or null
 * @param isLenient whether a definition may have a schema that stored resources do not fit
 */
public record Write(
        String collection,
        String id,
        Edit edit,
        Precondition precondition,
        @Nullable String origin,
        @Nullable TraceParent traceparent,
        boolean isLenient) {
    public Write {
        Names.collection(collection);
        Names.id(id);
        Objects.requireNonNull(edit, "edit");
        Objects.requireNonNull(precondition, "precondition");
        if (origin != null) {
            Names.origin(origin);
        }
    }

    /** A write that is not lenient, and in no trace. */
    public Write(
            String collection,
            String id,
            Edit edit,
            Precondition precondition,
            @Nullable String origin) {
        this(collection, id, edit, precondition, origin, null, false);
    }

    /** The same, lenient. */
    public Write lenient() {
        return new Write(collection, id, edit, precondition, origin, traceparent, true);
    }

    /** The same, as a part of this trace; of none when it is null. */
    public Write traced(@Nullable TraceParent by) {
        return new Write(collection, id, edit, precondition, origin, by, isLenient);
    }
}
