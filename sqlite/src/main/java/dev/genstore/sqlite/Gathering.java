package dev.genstore.sqlite;

import dev.genstore.query.Place;
import dev.genstore.resource.Resource;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A page while it is filled. When it is full it looks for one more resource, to know whether there is
 * a next page.
 *
 * <p>Confined to one read.
 */
final class Gathering {
    private final ListQuery query;
    private final Turn turn;
    private final boolean isPaid;
    private final List<Resource> found = new ArrayList<>();
    private long weight;
    private long scanned;
    private boolean full;
    private boolean over;

    /** Where the last resource of a full page stands. */
    private @Nullable Place last;

    /** Behind which place to go on. */
    private @Nullable Place next;

    /**
     * An empty page.
     *
     * @param isPaid whether all that is offered was looked at before
     */
    Gathering(ListQuery query, Turn turn, boolean isPaid) {
        this.query = query;
        this.turn = turn;
        this.isPaid = isPaid;
    }

    /** Tells where a row stands. It is asked only when that matters. */
    @FunctionalInterface
    interface PlaceReader {
        Place read() throws SQLException;
    }

    /**
     * Takes a resource, or null for a row that can't match; returns whether to go on.
     *
     * @throws SQLException what {@code place} throws
     * @throws Ended when that takes too long for this turn
     */
    boolean offer(@Nullable Resource resource, PlaceReader place) throws SQLException {
        scanned++;
        turn.goOn();
        if (resource != null && query.filter().matches(resource, turn::goOn)) {
            take(resource, place);
        } else if (!isPaid) {
            turn.look(1);
        }
        if (!over && (scanned >= query.bounds().scanMax() || turn.hasPage())) {
            endAt(place.read());
        }
        return !over;
    }

    private void take(Resource resource, PlaceReader place) throws SQLException {
        if (full) {
            endAt(last);
            return;
        }
        found.add(resource);
        weight += resource.weightBytes();
        full = found.size() >= query.bounds().countMax()
                || weight >= query.bounds().weightMax();
        last = full ? place.read() : null;
    }

    /** Ends the reading; there may be more behind this place. */
    void endAt(@Nullable Place place) {
        over = true;
        next = place;
    }

    /** Whether nothing more is wanted. */
    boolean isOver() {
        return over;
    }

    ListPage page() {
        return new ListPage(found, scanned, next);
    }

    /** The page, for which so many were looked at. */
    ListPage page(long looked) {
        return new ListPage(found, looked, next);
    }
}
