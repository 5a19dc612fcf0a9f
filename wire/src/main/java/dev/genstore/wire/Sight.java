package dev.genstore.wire;

import dev.genstore.hub.Progress;
import dev.genstore.hub.Start;
import dev.genstore.query.Authority;
import dev.genstore.query.Selection;
import dev.genstore.query.View;
import dev.genstore.query.Views;
import dev.genstore.resource.Position;
import dev.genstore.resource.Problem;
import dev.genstore.resource.Target;

/**
 * What somebody sees of what he asked for, as the rules were when he asked.
 *
 * <p>Immutable.
 *
 * @param views what he may see now
 * @param by who he is
 * @param asked what he asked for
 * @param view what he sees of it
 */
record Sight(Views views, Authority by, Selection asked, View view) {
    /** What has become of a sight. */
    enum Now {
        /** It is as it was. */
        SAME,
        /** He would see something else. */
        OTHER,
        /** He would see nothing at all. */
        NOTHING
    }

    /**
     * What somebody sees now.
     *
     * @throws Problem 403 when that is nothing at all
     */
    static Sight of(Views views, Authority by, Selection asked) {
        return new Sight(views, by, asked, views.of(by, asked));
    }

    /**
     * What he sees now.
     *
     * @throws Problem 403 when that is nothing at all
     */
    Sight again() {
        return of(views, by, asked);
    }

    /** What is seen. */
    Selection selection() {
        return view.selection();
    }

    /** What the rules say of it now. */
    Now now() {
        if (by.isAll() || views.since(asked.target()) == view.since()) {
            return Now.SAME;
        }
        if (asked.target() instanceof Target.Everything) {
            return views.areTheSame(by, view.since()) ? Now.SAME : Now.OTHER;
        }
        try {
            return views.of(by, asked).selection().equals(selection()) ? Now.SAME : Now.OTHER;
        } catch (Problem forbidden) {
            return Now.NOTHING;
        }
    }

    /**
     * Where a watcher begins who would begin there. Who has been told something before the rules became
     * what they are forgets that: what came in sight or went out of it by them is no change of the log.
     */
    Start begin(Start start) {
        return switch (start) {
            case Start.After(Position position) ->
                isOld(position) ? new Start.Anew(position) : start;
            case Start.Between(Position position) ->
                isOld(position) ? new Start.Anew(position) : start;
            case Start.Now _, Start.AfterTime _, Start.Anew _ -> start;
        };
    }

    /** Whether what was told up to there was told by other rules. */
    boolean isOld(Position position) {
        return position.revision() > 0 && position.revision() < view.since();
    }

    /** Whether one who stands there was told all that he has by the present rules. */
    boolean isRecent(Progress progress) {
        return switch (progress) {
            case Progress.State state -> state.through() >= view.since();
            case Progress.Log log -> Math.max(log.revision(), log.fullThrough()) >= view.since();
            case Progress.Between _, Progress.Lost _, Progress.Searching _ -> false;
        };
    }
}
