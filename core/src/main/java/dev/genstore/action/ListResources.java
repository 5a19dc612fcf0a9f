package dev.genstore.action;

import dev.genstore.query.Selection;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;
import dev.genstore.router.Action;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.router.Watchable;
import dev.genstore.store.Resources;
import dev.genstore.store.Snapshot;

/** {@code GET /api/notes}: the collection in order of id. It is empty before its first write. */
public final class ListResources implements Action<Resources>, Watchable {
    private final SelectionReader reader;

    public ListResources(SelectionReader reader) {
        this.reader = reader;
    }

    @Override
    public Selection selection(Request request) {
        return reader.read(request.query(), target(request));
    }

    @Override
    public boolean takes(String parameter) {
        return SelectionReader.takes(parameter);
    }

    private static Target.InCollection target(Request request) {
        return new Target.InCollection(request.variable("collection"));
    }

    @Override
    public Reply act(Request request, Resources resources) {
        Target.InCollection target = target(request);
        Listing listing = Listing.of(request, target, resources.epoch());
        return resources.read(snapshot -> answer(listing, target.collection(), snapshot));
    }

    private static Reply answer(Listing listing, String collection, Snapshot snapshot) {
        listing.check(snapshot);
        if (listing.isUnmodified(snapshot)) {
            return listing.notModified(snapshot);
        }
        var found = snapshot.list(
                collection, listing.after(), listing.countToRead(), listing.weightToRead());
        long weight = found.stream().mapToLong(Resource::weightBytes).sum();
        boolean isHeavy = weight >= listing.weightToRead();
        return listing.page(snapshot.head(), found, isHeavy, Resource::json, Resource::id);
    }
}
