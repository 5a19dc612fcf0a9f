package dev.genstore.sqlite;

import dev.genstore.resource.ProblemType;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.ListQuery.Bounds;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a page of a list in the way that looks at the fewest resources:
 *
 * <ol>
 *   <li>a walk through an index that has the order, for values which the filter fixes
 *   <li>sorting what an index finds, when that is little
 *   <li>a walk through an index that has the order, with the filter tried on each
 *   <li>sorting what an index finds, or everything
 * </ol>
 *
 * <p>Confined to one read.
 */
final class ListReading {
    /** So few are sorted sooner than a whole collection is walked through. */
    private static final int FEW = 20_000;

    private static final String KEY = "SELECT key FROM collection WHERE name = ?";

    private static final String COUNT = "SELECT count FROM collection WHERE key = ?";

    private static final String UNFINISHED =
            "SELECT count(*) FROM declared_index WHERE collection = ? AND filled < through";

    private final Session session;
    private final Turn turn;
    private final ListQuery query;
    private final ListPlan plan;

    ListReading(Session session, Turn turn, ListQuery query) {
        this.session = session;
        this.turn = turn;
        this.query = query;
        this.plan = new ListPlan(query);
    }

    ListPage read() {
        long collection = session.number(KEY, query.collection());
        if (collection == 0) {
            return new ListPage(List.of(), 0, null);
        }
        List<MemberIndex> indexes = indexes(collection);
        List<Walk> walks = plan.walks(indexes);
        if (!walks.isEmpty() && !walks.getFirst().triesEach(query)) {
            return merged(walks, collection);
        }
        int sortMax = query.bounds().sortMax();
        return walks.isEmpty()
                ? sorted(indexes, collection, sortMax)
                : selected(indexes, collection, Math.min(sortMax, FEW))
                        .orElseGet(() -> merged(walks, collection));
    }

    /**
     * Sorts the few that an index finds, or else everything. To count as many as may be sorted takes
     * long by itself.
     */
    private ListPage sorted(List<MemberIndex> indexes, long collection, int sortMax) {
        int most = turn.most(sortMax);
        Optional<ListPage> selected = selected(indexes, collection, most);
        if (selected.isEmpty() && most < sortMax && indexes.stream().anyMatch(plan::isFoundBy)) {
            throw new Ended();
        }
        return selected.orElseGet(() -> sorted(collection, sortMax));
    }

    /** An unfiltered list in order of id needs no look at what was declared. */
    private List<MemberIndex> indexes(long collection) {
        List<MemberIndex> indexes = new ArrayList<>();
        indexes.add(MemberIndex.BY_ID);
        if (!query.filter().isAll() || !query.sort().keys().isEmpty()) {
            indexes.add(MemberIndex.BY_REVISION);
            indexes.addAll(MemberIndex.of(collection, session));
        }
        return indexes;
    }

    /** All walks together have the bounds that one would have. */
    private ListPage merged(List<Walk> walks, long collection) {
        Bounds all = query.bounds();
        ListQuery each = query.within(new Bounds(
                all.countMax(),
                all.weightMax() / walks.size(),
                Math.max(1, all.scanMax() / walks.size()),
                all.sortMax()));
        List<ListPage> pages = new ArrayList<>();
        for (Walk walk : walks) {
            turn.beginPart(pages.size() + 1, walks.size());
            pages.add(walk.read(session, turn, collection, each));
        }
        return new Merging(query).merge(pages);
    }

    /** What the index finds that finds the least, sorted. */
    private Optional<ListPage> selected(List<MemberIndex> indexes, long collection, int countMax) {
        Sorting best = null;
        long least = countMax + 1L;
        for (MemberIndex index : indexes) {
            if (plan.isFoundBy(index)) {
                var sorting = new Sorting(index, plan.selection(index), plan);
                long count = sorting.count(session, collection, countMax);
                best = count < least ? sorting : best;
                least = Math.min(count, least);
            }
        }
        return best == null
                ? Optional.empty()
                : Optional.of(best.read(session, turn, collection, query, least));
    }

    private String unfinished(long collection) {
        return session.number(UNFINISHED, collection) == 0
                ? ""
                : " An index is being built; /api/_collections/" + query.collection()
                        + " says so as long as it is.";
    }

    private ListPage sorted(long collection, int sortMax) {
        long count = session.number(COUNT, collection);
        if (count > sortMax) {
            throw ProblemType.NEEDS_INDEX.because("The collection has " + count
                    + " resources, and without an index at most " + sortMax
                    + " are sorted. Let it have an index on " + query.sort()
                    + ", or ask for fewer by a member that has one." + unfinished(collection));
        }
        var all = new Sorting(MemberIndex.BY_REVISION, SqlCondition.all(List.of()), plan);
        return all.read(session, turn, collection, query, count);
    }
}
