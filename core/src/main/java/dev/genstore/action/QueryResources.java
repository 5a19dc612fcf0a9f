package dev.genstore.action;

import dev.genstore.query.Selection;
import dev.genstore.resource.Position;
import dev.genstore.resource.Target;
import dev.genstore.router.Action;
import dev.genstore.router.Awaiting;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.store.Resources;

import java.util.Optional;

/**
 * {@code QUERY /api/notes} (RFC 10008): what GET answers, for parameters that may be longer than a URL,
 * in a body.
 */
public final class QueryResources implements Action<Resources>, Awaiting {
    private final SelectionReader selections;

    public QueryResources(SelectionReader selections) {
        this.selections = selections;
    }

    @Override
    public Optional<Position> awaited(Request request) {
        return Moments.atLeast(QueryBody.read(request).query());
    }

    @Override
    public Reply act(Request request, Resources resources) {
        var target = new Target.InCollection(request.variable("collection"));
        QueryBody body = QueryBody.read(request);
        Selection named = selections.read(body.query(), target);
        var selection =
                new Selection(target, named.filter().and(body.equalities()), named.fields());
        return ListPages.answer(request, body, selection, resources);
    }
}
