package dev.genstore.action;

import dev.genstore.query.Place;
import dev.genstore.query.Selection;
import dev.genstore.resource.Json;
import dev.genstore.resource.Names;
import dev.genstore.resource.Position;
import dev.genstore.resource.Target;
import dev.genstore.router.Action;
import dev.genstore.router.Awaiting;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.router.Watchable;
import dev.genstore.store.CollectionState;
import dev.genstore.store.Resources;

import java.util.Optional;
import java.util.Set;

/**
 * {@code GET /api}: the collections in order of name, with links, but for the server's own, which
 * comes before all of them. Watched, it tells all.
 *
 * <p>Thread-safe.
 */
public final class ListCollections implements Action<Resources>, Watchable, Awaiting {
    private static final Target EVERYTHING = new Target.Everything();

    private final SelectionReader selections;

    public ListCollections(SelectionReader selections) {
        this.selections = selections;
    }

    @Override
    public Selection selection(Request request) {
        return selections.read(request.query(), EVERYTHING);
    }

    @Override
    public boolean takes(String parameter) {
        return SelectionReader.takes(parameter);
    }

    @Override
    public Optional<Position> awaited(Request request) {
        return Moments.atLeast(request.query());
    }

    @Override
    public Reply act(Request request, Resources resources) {
        request.query().allowOnly(Set.of("limit", "cursor", Moments.AT_LEAST));
        var asked = new UrlParameters(EVERYTHING.path(), request.query());
        Listing listing = Listing.of(request, asked, EVERYTHING);
        return resources.read(
                snapshot -> answer(listing, ShownState.present(snapshot, resources.epoch())));
    }

    private static Reply answer(Listing listing, ShownState state) {
        listing.check(state);
        if (listing.isUnmodified(state)) {
            return listing.notModified(state);
        }
        Place after = listing.after();
        String afterName = after == null ? Names.DEFINITIONS : after.id();
        var found = state.snapshot().collections(afterName, listing.limit() + 1);
        boolean more = found.size() > listing.limit();
        var shown = more ? found.subList(0, listing.limit()) : found;
        return listing.page(
                state,
                shown.stream().map(ListCollections::json).toList(),
                more ? Place.ofId(shown.getLast().name()) : null);
    }

    private static byte[] json(CollectionState collection) {
        return Json.write(generator -> {
            generator.writeStartObject();
            generator.writeStringProperty("name", collection.name());
            generator.writeStringProperty("url", "/api/" + collection.name());
            if (collection.isTold()) {
                generator.writeNumberProperty("count", collection.count());
                generator.writeNumberProperty("revision", collection.revision());
            }
            generator.writeEndObject();
        });
    }
}
