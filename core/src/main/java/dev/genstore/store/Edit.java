package dev.genstore.store;

import dev.genstore.resource.Draft;
import dev.genstore.resource.Json;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * What a write makes of a resource. It is applied inside the transaction, so nothing can come
 * between what it saw and what it wrote.
 *
 * <p>Immutable.
 */
public sealed interface Edit {
    /**
     * The members after the edit.
     *
     * @param before the resource as it is, or null when there is none
     * @return its members from now on, or null when it is gone
     * @throws dev.genstore.resource.Problem when the edit does not fit what is there
     */
    @Nullable Json apply(@Nullable Resource before);

    /** Whether the edit can't do anything without a resource; then its absence is a 404 before all else. */
    default boolean needsResource() {
        return true;
    }

    /** Makes a resource that does not exist. */
    record Create(Json members) implements Edit {
        @Override
        public Json apply(@Nullable Resource before) {
            if (before != null) {
                throw ProblemType.ALREADY_EXISTS.because(before.path()
                        + " exists already; use PUT to replace it, or leave out the id.");
            }
            return members;
        }

        @Override
        public boolean needsResource() {
            return false;
        }
    }

    /** Makes or replaces a resource. */
    record Replace(Json members) implements Edit {
        @Override
        public Json apply(@Nullable Resource before) {
            return members;
        }

        @Override
        public boolean needsResource() {
            return false;
        }
    }

    /**
     * Changes a resource as a client sees it.
     *
     * @param patch from the resource's JSON to the patched JSON
     * @param bodyBytesMax how long the result may be
     */
    record Patch(UnaryOperator<byte[]> patch, int bodyBytesMax) implements Edit {
        @Override
        public Json apply(@Nullable Resource before) {
            Resource present = Objects.requireNonNull(before, "before");
            byte[] patched = patch.apply(present.json());
            return Draft.read(patched).atMost(bodyBytesMax).membersFor(present.id());
        }
    }

    /** Deletes a resource. */
    record Delete() implements Edit {
        @Override
        public @Nullable Json apply(@Nullable Resource before) {
            return null;
        }
    }
}
