package dev.genstore.action;

import dev.genstore.resource.Problem;
import dev.genstore.router.Action;
import dev.genstore.router.MediaTypes;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.store.Resources;
import dev.genstore.store.Write;

import java.util.List;
import java.util.Set;

/** {@code POST /api/_batch}: many writes, all of them or none, with one answer for each. */
public final class WriteBatch implements Action<Resources> {
    @Override
    public Reply act(Request request, Resources resources) {
        request.query().allowOnly(Set.of());
        MediaTypes.require(request, Set.of(MediaTypes.JSON));
        Conditions.refuse(request, "give each operation its own.");
        List<Write> writes = BatchDocument.read(request, resources);
        Returning returning = Returning.of(request);
        try {
            return Writing.batch(
                    request,
                    resources,
                    writes,
                    outcomes -> returning.applied(
                            new BatchResults(returning, resources).of(writes, outcomes)));
        } catch (Problem problem) {
            throw problem.errors().isEmpty() ? problem : problem.inside("/operations");
        }
    }
}
