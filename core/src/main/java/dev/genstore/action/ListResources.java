package dev.genstore.action;

import dev.genstore.query.Selection;
import dev.genstore.query.Top;
import dev.genstore.resource.Position;
import dev.genstore.resource.Target;
import dev.genstore.router.Action;
import dev.genstore.router.Awaiting;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.router.Watchable;
import dev.genstore.store.Resources;

import java.util.Optional;
import java.util.Set;

/**
 * {@code GET /api/notes}: those of the collection that the query selects, in the order that it asks
 * for. A collection is empty before its first write.
 *
 * <p>Thread-safe.
 */
public final class ListResources implements Action<Resources>, Watchable, Awaiting {
    private static final Set<String> TOP = Set.of("sort", "limit");

    private final SelectionReader selections;

    public ListResources(SelectionReader selections) {
        this.selections = selections;
    }

    @Override
    public Selection selection(Request request) {
        Selection all = selections.read(
                request.query(), new Target.InCollection(request.variable("collection")));
        Top top = Listing.top(request.query());
        return top == null ? all : all.first(top);
    }

    @Override
    public boolean takes(String parameter) {
        return TOP.contains(parameter) || SelectionReader.takes(parameter);
    }

    @Override
    public Optional<Position> awaited(Request request) {
        return Moments.atLeast(request.query());
    }

    @Override
    public Reply act(Request request, Resources resources) {
        Selection selection = selection(request);
        var asked = new UrlParameters(selection.target().path(), request.query());
        return ListPages.answer(request, asked, selection, resources);
    }
}
