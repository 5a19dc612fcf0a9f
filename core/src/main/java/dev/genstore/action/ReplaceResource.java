package dev.genstore.action;

import dev.genstore.router.Action;
import dev.genstore.router.MediaTypes;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.store.Edit;
import dev.genstore.store.Resources;
import dev.genstore.store.Write;

import java.util.Set;

/** {@code PUT /api/notes/7}: makes the resource what the body says. */
public final class ReplaceResource implements Action<Resources> {
    @Override
    public Reply act(Request request, Resources resources) {
        return Writing.alone(request, resources, write(request, resources));
    }

    static Write write(Request request, Resources resources) {
        request.query().allowOnly(Set.of());
        MediaTypes.require(request, Set.of(MediaTypes.JSON));
        String id = request.variable("id");
        var edit = new Edit.Replace(resources.draft(request.body()).membersFor(id));
        return new Write(
                request.variable("collection"),
                id,
                edit,
                Conditions.ofWrite(request),
                request.header("Request-Id").orElse(null));
    }
}
