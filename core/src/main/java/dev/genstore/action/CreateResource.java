package dev.genstore.action;

import dev.genstore.resource.Draft;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Action;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.store.Edit;
import dev.genstore.store.Precondition;
import dev.genstore.store.Resources;
import dev.genstore.store.Write;

import java.util.Set;

/** {@code POST /api/notes}: makes a resource under an id of its own or of the client's. */
public final class CreateResource implements Action<Resources> {
    @Override
    public Reply act(Request request, Resources resources) {
        request.query().allowOnly(Set.of());
        MediaTypes.require(request, Set.of(MediaTypes.JSON));
        refuseConditions(request);
        refuseRepetition(request);
        Draft draft = resources.draft(request.body());
        var write = new Write(
                request.variable("collection"),
                resources.idFor(draft),
                new Edit.Create(draft.members()),
                Precondition.NONE,
                request.header("Request-Id").orElse(null));
        return Answers.outcome(resources.write(write), resources);
    }

    /** They would be about the collection, which always changes by this. */
    private static void refuseConditions(Request request) {
        for (String header : Set.of("If-Match", "If-None-Match", "If-Unmodified-Since")) {
            if (request.headers().first(header).isPresent()) {
                throw ProblemType.INVALID_HEADER.because("POST takes no " + header
                        + "; use PUT with If-None-Match: * to create at an id of your own.");
            }
        }
    }

    /** A client that sends the key relies on it. */
    private static void refuseRepetition(Request request) {
        if (request.header("Idempotency-Key").isPresent()) {
            throw ProblemType.INVALID_HEADER.because("Idempotency-Key is not supported yet;"
                    + " to create once, use PUT with If-None-Match: * at an id of your own.");
        }
    }
}
