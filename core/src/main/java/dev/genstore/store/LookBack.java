package dev.genstore.store;

import dev.genstore.resource.Change;
import dev.genstore.resource.CutChange;
import dev.genstore.resource.LogEntry;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

/**
 * Counts the changes that a reading of the past looks through, and ends it when they are too many.
 *
 * <p>Confined to one reading.
 */
public final class LookBack {
    private final Past.Bounds bounds;
    private int changes;
    private long weight;

    public LookBack(Past.Bounds bounds) {
        this.bounds = bounds;
    }

    /**
     * Makes sure beforehand that so many may be looked through.
     *
     * @throws Problem 400 {@code too-far-back}
     */
    public void require(long count) {
        if (count > bounds.changesMax()) {
            throw tooFarBack();
        }
    }

    /**
     * One more is looked at.
     *
     * @throws Problem 400 {@code too-far-back} when that is one too many, or 410 {@code history-gone}
     *     when it is cut
     */
    public Change look(LogEntry entry) {
        return switch (entry) {
            case Change change -> look(change);
            case CutChange cut -> throw gone(cut);
        };
    }

    private Change look(Change change) {
        changes++;
        weight += change.weightBytes();
        if (changes > bounds.changesMax() || weight > bounds.weightMax()) {
            throw tooFarBack();
        }
        return change;
    }

    private static Problem gone(CutChange cut) {
        return ProblemType.HISTORY_GONE.because("What was there before revision " + cut.revision()
                + " is not kept: the retention of /api/" + cut.collection()
                + " has cut it. Ask for that or a later state.");
    }

    private Problem tooFarBack() {
        return ProblemType.TOO_FAR_BACK.because("There are more changes behind that state than one"
                + " request may take back: at most " + bounds.changesMax()
                + ", and about " + (bounds.weightMax() >> 20)
                + " MiB of them. Ask for a later state, or follow the changes themselves with"
                + " since.");
    }
}
