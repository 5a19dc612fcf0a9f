package dev.genstore.action;

import dev.genstore.resource.Draft;
import dev.genstore.router.Action;
import dev.genstore.router.MediaTypes;
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
        return Writing.once(request, resources, write(request, resources));
    }

    static Write write(Request request, Resources resources) {
        request.query().allowOnly(Set.of());
        MediaTypes.require(request, Set.of(MediaTypes.JSON));
        Conditions.refuse(request, "use PUT with If-None-Match: * to create at an id of your own.");
        Draft draft = resources.draft(request.body());
        return new Write(
                request.variable("collection"),
                resources.idFor(draft),
                new Edit.Create(draft.members()),
                Precondition.NONE,
                request.header("Request-Id").orElse(null));
    }
}
