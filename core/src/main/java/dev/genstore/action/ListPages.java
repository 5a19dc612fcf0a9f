package dev.genstore.action;

import dev.genstore.query.Fields;
import dev.genstore.query.Selection;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.Resources;

import java.util.List;
import java.util.Set;

/** Answers with pages of the lists of resources, however they are asked for. */
final class ListPages {
    /** Says how many resources were looked at, when those were more than the page needed. */
    private static final String SCANNED = "Genstore-Scanned";

    /** What only a watch has. */
    private static final Set<String> REFUSED = Set.of("since", "data");

    /** What a page may weigh, about the bytes of its JSON. */
    private static final long WEIGHT_MAX = 4 << 20;

    /** How many resources one request may look at one by one; light ones take up to a second. */
    private static final int SCAN_MAX = 200_000;

    /** How many resources one request may sort without an index; light ones take up to a second. */
    private static final int SORT_MAX = 1_000_000;

    private ListPages() {}

    /**
     * Reads a page of what is selected of a collection.
     *
     * @throws dev.genstore.resource.Problem when it can't be had
     */
    static Reply answer(
            Request request, ListParameters asked, Selection selection, Resources resources) {
        asked.query().refuse(REFUSED);
        Listing listing = Listing.of(request, asked, selection.target());
        var bounds = new ListQuery.Bounds(listing.limit(), WEIGHT_MAX, SCAN_MAX, SORT_MAX);
        var query = new ListQuery(
                request.variable("collection"),
                selection.filter(),
                listing.sort(),
                listing.after(),
                bounds);
        return resources.read(snapshot -> {
            snapshot.requireSight(query.collection());
            ShownState state = ShownState.of(asked.query(), snapshot, resources.epoch());
            return answer(listing, query, selection.fields(), state);
        });
    }

    private static Reply answer(Listing listing, ListQuery query, Fields fields, ShownState state) {
        listing.check(state);
        if (listing.isUnmodified(state)) {
            return listing.notModified(state);
        }
        ListPage page = state.list(query);
        List<byte[]> items = page.resources().stream().map(fields::json).toList();
        Reply reply = listing.page(state, items, page.next());
        return hasScanned(page) ? reply.with(SCANNED, Long.toString(page.scanned())) : reply;
    }

    /** One more than the page has tells whether there is a next page. */
    private static boolean hasScanned(ListPage page) {
        return page.scanned() > page.resources().size() + 1;
    }
}
