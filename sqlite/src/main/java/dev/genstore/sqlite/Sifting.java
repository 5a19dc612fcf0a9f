package dev.genstore.sqlite;

import dev.genstore.query.Place;
import dev.genstore.resource.Resource;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Makes a page of resources that come in any order. It keeps no more of them than the page has.
 *
 * <p>Confined to one read.
 */
final class Sifting {
    private final ListQuery query;
    private final Turn turn;
    private final Comparator<Place> order;
    private final TreeMap<Place, Resource> kept;
    private long weight;
    private long scanned;
    private boolean isCut;

    Sifting(ListQuery query, Turn turn) {
        this.query = query;
        this.turn = turn;
        this.order = query.sort().order();
        this.kept = new TreeMap<>(order);
    }

    /**
     * Takes a resource if it belongs to the page, as far as that is known.
     *
     * @throws Ended when that takes too long for this turn
     */
    void offer(Resource resource) {
        scanned++;
        turn.goOn();
        Place place = query.sort().place(resource);
        if (isBehindStart(place) && query.filter().matches(resource, turn::goOn)) {
            kept.put(place, resource);
            weight += resource.weightBytes();
            while (isMoreThanOnePage()) {
                weight -= kept.pollLastEntry().getValue().weightBytes();
                isCut = true;
            }
        }
    }

    private boolean isBehindStart(Place place) {
        @Nullable Place after = query.after();
        return after == null || order.compare(place, after) > 0;
    }

    /** The last one is behind a full page. */
    private boolean isMoreThanOnePage() {
        long withoutLast = weight - kept.lastEntry().getValue().weightBytes();
        return kept.size() > query.bounds().countMax()
                || (kept.size() > 1 && withoutLast >= query.bounds().weightMax());
    }

    ListPage page() {
        return new ListPage(List.copyOf(kept.values()), scanned, isCut ? kept.lastKey() : null);
    }
}
