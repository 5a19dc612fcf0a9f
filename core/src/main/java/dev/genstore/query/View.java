package dev.genstore.query;

import java.util.Objects;

/**
 * What somebody may see of what he asked for.
 *
 * <p>Immutable.
 *
 * @param selection what was asked for, and of that what the rules let him see
 * @param since the revision behind which that has been so; what he was told of before that may be
 *     another view
 */
public record View(Selection selection, long since) {
    public View {
        Objects.requireNonNull(selection, "selection");
    }
}
