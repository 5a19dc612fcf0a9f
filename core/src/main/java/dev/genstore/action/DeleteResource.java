package dev.genstore.action;

import dev.genstore.router.Action;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.store.Edit;
import dev.genstore.store.Resources;
import dev.genstore.store.Write;

import java.util.Set;

/** {@code DELETE /api/notes/7}. */
public final class DeleteResource implements Action<Resources> {
    @Override
    public Reply act(Request request, Resources resources) {
        return Writing.alone(request, resources, write(request, resources));
    }

    static Write write(Request request, Resources resources) {
        request.query().allowOnly(Set.of());
        return new Write(
                request.variable("collection"),
                request.variable("id"),
                new Edit.Delete(),
                Conditions.ofWrite(request),
                request.header("Request-Id").orElse(null));
    }
}
