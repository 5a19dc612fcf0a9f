package dev.genstore.action;

import dev.genstore.query.Fields;
import dev.genstore.query.Selection;
import dev.genstore.resource.Target;
import dev.genstore.router.Action;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.router.Watchable;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.Resources;
import dev.genstore.store.Snapshot;

import java.util.List;
import java.util.Set;

/**
 * {@code GET /api/notes}: those of the collection that the query selects, in the order that it asks
 * for. A collection is empty before its first write.
 */
public final class ListResources implements Action<Resources>, Watchable {
    /** Says how many resources were looked at, when those were more than the page needed. */
    private static final String SCANNED = "Genstore-Scanned";

    /** What only a watch has, and what can't be had yet. */
    private static final Set<String> REFUSED = Set.of("since", "data", "at", "at-least");

    /** What a page may weigh, about the bytes of its JSON. */
    private static final long WEIGHT_MAX = 4 << 20;

    /** How many resources one request may look at one by one; that takes up to a second. */
    private static final int SCAN_MAX = 200_000;

    /** How many resources one request may sort without an index; that takes up to a second. */
    private static final int SORT_MAX = 1_000_000;

    private final SelectionReader selections;

    public ListResources(SelectionReader selections) {
        this.selections = selections;
    }

    @Override
    public Selection selection(Request request) {
        return selections.read(request.query(), target(request));
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
        request.query().refuse(REFUSED);
        Target.InCollection target = target(request);
        Selection selection = selection(request);
        Listing listing = Listing.of(request, target, resources.epoch());
        var bounds = new ListQuery.Bounds(listing.limit(), WEIGHT_MAX, SCAN_MAX, SORT_MAX);
        var query = new ListQuery(
                target.collection(), selection.filter(), listing.sort(), listing.after(), bounds);
        return resources.read(snapshot -> answer(listing, query, selection.fields(), snapshot));
    }

    private static Reply answer(
            Listing listing, ListQuery query, Fields fields, Snapshot snapshot) {
        listing.check(snapshot);
        if (listing.isUnmodified(snapshot)) {
            return listing.notModified(snapshot);
        }
        ListPage page = snapshot.list(query);
        List<byte[]> items = page.resources().stream().map(fields::json).toList();
        Reply reply = listing.page(snapshot.head(), items, page.next());
        return hasScanned(page) ? reply.with(SCANNED, Long.toString(page.scanned())) : reply;
    }

    /** One more than the page has tells whether there is a next page. */
    private static boolean hasScanned(ListPage page) {
        return page.scanned() > page.resources().size() + 1;
    }
}
