package dev.genstore.action;

import dev.genstore.query.Selection;
import dev.genstore.resource.Json;
import dev.genstore.resource.Target;
import dev.genstore.router.Action;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.router.Watchable;
import dev.genstore.store.CollectionState;
import dev.genstore.store.Resources;
import dev.genstore.store.Snapshot;

/** {@code GET /api}: the collections in order of name, with links. Watched, it tells all of them. */
public final class ListCollections implements Action<Resources>, Watchable {
    private static final Target EVERYTHING = new Target.Everything();

    private final SelectionReader reader;

    public ListCollections(SelectionReader reader) {
        this.reader = reader;
    }

    @Override
    public Selection selection(Request request) {
        return reader.read(request.query(), EVERYTHING);
    }

    @Override
    public boolean takes(String parameter) {
        return SelectionReader.takes(parameter);
    }

    @Override
    public Reply act(Request request, Resources resources) {
        Listing listing = Listing.of(request, EVERYTHING, resources.epoch());
        return resources.read(snapshot -> answer(listing, snapshot));
    }

    private static Reply answer(Listing listing, Snapshot snapshot) {
        listing.check(snapshot);
        if (listing.isUnmodified(snapshot)) {
            return listing.notModified(snapshot);
        }
        var found = snapshot.collections(listing.after(), listing.countToRead());
        return listing.page(
                snapshot.head(), found, false, ListCollections::json, CollectionState::name);
    }

    private static byte[] json(CollectionState collection) {
        return Json.write(generator -> {
            generator.writeStartObject();
            generator.writeStringProperty("name", collection.name());
            generator.writeStringProperty("url", "/api/" + collection.name());
            generator.writeNumberProperty("count", collection.count());
            generator.writeNumberProperty("revision", collection.revision());
            generator.writeEndObject();
        });
    }
}
