package dev.genstore.store;

import dev.genstore.resource.Change;
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
     * @throws Problem 400 {@code too-far-back} when that is one too many
     */
    public Change look(Change change) {
        changes++;
        weight += change.weightBytes();
        if (changes > bounds.changesMax() || weight > bounds.weightMax()) {
            throw tooFarBack();
        }
        return change;
    }

    private Problem tooFarBack() {
        return ProblemType.TOO_FAR_BACK.because("There are more changes behind that state than one"
                + " request may take back: at most " + bounds.changesMax()
                + ", and about " + (bounds.weightMax() >> 20)
                + " MiB of them. Ask for a later state, or follow the changes themselves with"
                + " since.");
    }
}
