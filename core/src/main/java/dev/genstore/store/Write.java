package dev.genstore.store;

import dev.genstore.resource.Names;

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
 */
public record Write(
        String collection,
        String id,
        Edit edit,
        Precondition precondition,
        @Nullable String origin) {
    public Write {
        Names.collection(collection);
        Names.id(id);
        Objects.requireNonNull(edit, "edit");
        Objects.requireNonNull(precondition, "precondition");
        if (origin != null) {
            Names.origin(origin);
        }
    }
}
