package dev.genstore.store;

import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;

import org.jspecify.annotations.Nullable;

/**
 * What was found out about a write before it came to the writer, so that the writer need not: all
 * others wait for it. It counts only if the write turns out to be about the same thing.
 *
 * <p>Immutable.
 */
sealed interface Preview {
    /** What it is about: the members that the write would make. */
    About about();

    /** Whether the write does make these. */
    default boolean isAbout(Json made) {
        return about().is(made);
    }

    /**
     * Of a write to a collection that has a schema.
     *
     * @param by the definition that it was checked against
     * @param refusal why it was refused, or null when it fits
     */
    record Checked(About about, Definition by, @Nullable Problem refusal) implements Preview {}

    /**
     * Of a write that defines a collection.
     *
     * @param definition what the members say
     * @param lookedThrough the revision up to which the stored resources were checked
     * @param misfits those that do not fit
     */
    record Defined(About about, Definition definition, long lookedThrough, Misfits misfits)
            implements Preview {
        /** The same, when the stored resources were checked. */
        Defined looked(long through, Misfits found) {
            return new Defined(about, definition, through, found);
        }
    }
}
