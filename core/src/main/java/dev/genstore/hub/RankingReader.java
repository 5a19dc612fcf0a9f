package dev.genstore.hub;

import dev.genstore.query.Place;
import dev.genstore.query.Selection;
import dev.genstore.query.Top;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.Past;
import dev.genstore.store.Snapshot;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Reads what a live window shows, and some more, as it is or as it was at a revision.
 *
 * <p>Immutable.
 */
final class RankingReader {
    /** What the resources of one window may weigh. */
    static final long WEIGHT_MAX = 4 << 20;

    /** How many changes are taken back to find an earlier state; who is further behind is reset. */
    private static final Past.Bounds LOOK_BACK = new Past.Bounds(10_000, 32L << 20);

    private static final int PAGE_SCAN_MAX = 200_000;
    private static final int SCAN_MAX = 1_000_000;

    private final Selection selection;
    private final Top top;

    RankingReader(Selection selection) {
        this.selection = selection;
        this.top = Objects.requireNonNull(selection.top(), "top");
    }

    /** Whether nothing has changed in the collection behind this revision. */
    boolean isUnchanged(Snapshot snapshot, long since) {
        return snapshot.lastChange(selection.target()) <= since;
    }

    /**
     * The ranking at a revision that is not above the head; null when the log does not reach back so
     * far, some of it is cut, or too much has changed since.
     *
     * @throws Problem when the window needs more than may be read for it
     */
    @Nullable Ranking read(Snapshot snapshot, long revision) {
        if (revision == snapshot.head() || isUnchanged(snapshot, revision)) {
            return gather(revision, snapshot::list);
        }
        if (revision < snapshot.horizon()) {
            return null;
        }
        try {
            return gather(revision, snapshot.past(revision, LOOK_BACK)::list);
        } catch (Problem problem) {
            if (problem.type() == ProblemType.TOO_FAR_BACK
                    || problem.type() == ProblemType.HISTORY_GONE) {
                return null;
            }
            throw problem;
        }
    }

    /** One resource more than is shown is needed at least, or else all that there are. */
    private Ranking gather(long revision, Function<ListQuery, ListPage> state) {
        List<Resource> first = new ArrayList<>();
        Place end = null;
        long scanned = 0;
        long weight = 0;
        do {
            ListPage page = state.apply(query(end, first.size()));
            first.addAll(page.resources());
            end = page.next();
            scanned += page.scanned();
            weight = first.stream().mapToLong(Resource::weightBytes).sum();
        } while (end != null
                && first.size() <= top.limit()
                && scanned < SCAN_MAX
                && weight < WEIGHT_MAX);
        if (end != null && first.size() <= top.limit()) {
            throw weight < WEIGHT_MAX ? tooRare() : tooHeavy();
        }
        return new Ranking(selection, revision, first, end);
    }

    private ListQuery query(@Nullable Place after, int found) {
        String collection = ((Target.InCollection) selection.target()).collection();
        int countMax = top.limit() + Ranking.spare(top.limit()) - found;
        var bounds = new ListQuery.Bounds(countMax, WEIGHT_MAX, PAGE_SCAN_MAX, SCAN_MAX);
        return new ListQuery(collection, selection.filter(), top.sort(), after, bounds);
    }

    private Problem tooRare() {
        return ProblemType.NEEDS_INDEX.because("More than " + SCAN_MAX + " resources would have to"
                + " be looked at for the first " + top.limit() + "; let the collection have an"
                + " index on what is filtered and sorted by.");
    }

    private Problem tooHeavy() {
        return ProblemType.INVALID_PARAMETER.because("The first " + top.limit()
                + " weigh more than the " + (WEIGHT_MAX >> 20)
                + " MiB that a live window may have; watch fewer.");
    }
}
