package dev.genstore.router;

import dev.genstore.resource.Position;
import dev.genstore.resource.ProblemType;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a reply says in the store's own words, so that whoever keeps a record of it has not to read
 * its text again. It is known where the reply is made. Immutable.
 */
public sealed interface Effect {
    /** Of a reply that tells of no resource. */
    Effect NONE = new None();

    /** Nothing that is known here. */
    record None() implements Effect {}

    /** It was not done. */
    record Refused(ProblemType why) implements Effect {}

    /** A state is shown, or was made, at this position. */
    record At(Position position) implements Effect {}

    /**
     * What was asked for was so already, or had been done before: nothing was done now.
     *
     * @param position the version that was found; null where it is not about one
     */
    record Unchanged(@Nullable Position position) implements Effect {}

    /** Several writes were done as one. */
    record Batch(List<Written> writes) implements Effect {
        public Batch {
            writes = List.copyOf(writes);
        }
    }

    /**
     * It was done, but there was no room for the answer that says so.
     *
     * @param why what was answered instead
     * @param status what it would have been
     */
    record Untold(ProblemType why, int status, Effect done) implements Effect {}

    /**
     * One write of a batch.
     *
     * @param path of the resource
     * @param status what a request that did the same alone would be answered
     * @param isChange whether it has made a version, and not only found one
     * @param position the version that it has made or found
     */
    record Written(
            Method method,
            String path,
            int status,
            boolean isChange,
            @Nullable Position position) {}
}
