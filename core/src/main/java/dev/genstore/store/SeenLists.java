package dev.genstore.store;

import dev.genstore.query.Filter;
import dev.genstore.query.Place;
import dev.genstore.resource.ProblemType;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/**
 * Reads lists of what somebody may see. Where a page ends at the bound of what is looked at, behind
 * a resource that he may not see, nobody could go on without being told of it; so it is read on until
 * it ends behind one that he sees.
 */
final class SeenLists {
    /** How often a list is read on. */
    private static final int PAGES_MAX = 5;

    private SeenLists() {}

    static ListPage read(ListQuery asked, Filter seen, Function<ListQuery, ListPage> lists) {
        if (seen.isNone()) {
            throw RuleBook.forbidden(asked.collection());
        }
        if (seen.isAll()) {
            return lists.apply(asked);
        }
        ListQuery query = new ListQuery(
                asked.collection(),
                asked.filter().and(seen),
                asked.sort(),
                asked.after(),
                asked.bounds());
        return read(query, lists);
    }

    private static ListPage read(ListQuery query, Function<ListQuery, ListPage> lists) {
        ListPage page = lists.apply(query);
        for (int pages = 1; page.resources().isEmpty() && page.next() != null; pages++) {
            if (pages == PAGES_MAX) {
                throw ProblemType.NEEDS_INDEX.because("Too many resources would have to be looked"
                        + " at for the next one that you may see; let the collection have an index"
                        + " on what its 'read' rule and the filter ask for.");
            }
            page = lists.apply(query.after(page.next()));
        }
        return new ListPage(page.resources(), page.resources().size(), next(page, query));
    }

    /** Goes on behind the last one that is seen, wherever the reading ended. */
    private static @Nullable Place next(ListPage page, ListQuery query) {
        return page.next() == null ? null : query.sort().place(page.resources().getLast());
    }
}
