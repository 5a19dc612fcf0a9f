package dev.genstore.store;

import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;

/** What became of a {@link Write} that did not fail. */
public sealed interface Outcome {
    /** It made a revision, which is durable. */
    record Changed(Change change) implements Outcome {}

    /** It would have changed nothing, so there is no new revision. */
    record Unchanged(Resource resource) implements Outcome {}
}
