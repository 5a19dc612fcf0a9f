package dev.genstore.action;

import dev.genstore.resource.Moment;
import dev.genstore.resource.Position;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;
import dev.genstore.router.Query;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.Past;
import dev.genstore.store.Snapshot;

import org.jspecify.annotations.Nullable;

/**
 * The state that a request is shown: the present one, or an earlier one that {@code at} asks for.
 *
 * <p>Confined to one read.
 *
 * @param revision the last change in this state
 */
record ShownState(Snapshot snapshot, String epoch, long revision) {
    /** What one request may take back; that takes up to a second. */
    private static final Past.Bounds BOUNDS = new Past.Bounds(100_000, 256L << 20);

    /** The present state. */
    static ShownState present(Snapshot snapshot, String epoch) {
        return new ShownState(snapshot, epoch, snapshot.head());
    }

    /**
     * The state that the query asks for.
     *
     * @throws Problem 410 {@code history-gone} or {@code other-epoch}, or 503 {@code ahead}
     */
    static ShownState of(Query query, Snapshot snapshot, String epoch) {
        ShownState present = present(snapshot, epoch);
        return Moments.at(query)
                .map(moment -> new ShownState(snapshot, epoch, present.revisionOf(moment)))
                .orElse(present);
    }

    private long revisionOf(Moment moment) {
        return switch (moment) {
            case Moment.AtPosition(Position position) -> revisionOf(position);
            case Moment.AtTime(long timeMillis) ->
                snapshot.revisionAt(timeMillis).orElseThrow(this::gone);
        };
    }

    private long revisionOf(Position asked) {
        if (!asked.isOf(epoch)) {
            throw ProblemType.OTHER_EPOCH.because("The history of " + asked
                    + " is not the one of this store, which is " + epoch + "; read the present"
                    + " state.");
        }
        if (asked.revision() > snapshot.head()) {
            throw ProblemType.AHEAD
                    .because("At " + asked + " there is no state yet; this store has come to "
                            + position() + ".")
                    .with("Retry-After", "1");
        }
        if (asked.revision() < snapshot.horizon()) {
            throw gone();
        }
        return asked.revision();
    }

    private Problem gone() {
        return ProblemType.HISTORY_GONE.because("The log reaches back to "
                + new Position(epoch, snapshot.horizon()) + "; ask for that or a later state.");
    }

    Position position() {
        return new Position(epoch, revision);
    }

    /** The resource in this state, or null when it was not there. */
    @Nullable Resource find(Target.Single target) {
        return isPresent(target)
                ? snapshot.find(target.collection(), target.id())
                : snapshot.past(revision, BOUNDS).find(target.collection(), target.id());
    }

    /** The list in this state. */
    ListPage list(ListQuery query) {
        return isPresent(new Target.InCollection(query.collection()))
                ? snapshot.list(query)
                : snapshot.past(revision, BOUNDS).list(query);
    }

    /** Whether nothing that the target covers has changed since this state. */
    private boolean isPresent(Target target) {
        return revision == snapshot.head() || revision >= snapshot.lastChange(target);
    }

    /** Whether somebody who has this position sees of the target what this state shows. */
    boolean isSameAt(Position known, Target target) {
        if (!known.isOf(epoch) || known.revision() > snapshot.head()) {
            return false;
        }
        return known.revision() == revision
                || Math.min(known.revision(), revision) >= snapshot.lastChange(target);
    }
}
