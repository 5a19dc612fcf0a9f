package dev.genstore.checks.simulation;

import dev.genstore.hub.Start;
import dev.genstore.resource.Position;

import org.jspecify.annotations.Nullable;

/**
 * How a client begins to follow.
 *
 * @param since the position that it names, or null when it names none
 * @param base up to where it knows everything
 * @param dueReset why it must be reset at once, or null when its position is good
 * @param head the last revision that can be told when it begins
 */
record Join(@Nullable Position since, long base, @Nullable String dueReset, long head) {
    private static final int FAR = 1_000_000;

    /**
     * Any way to begin.
     *
     * @param head the last revision that can be told
     */
    static Join any(Dice dice, String epoch, long head) {
        return switch (dice.between(0, 9)) {
            case 0, 1, 2 -> new Join(null, head, null, head);
            case 3, 4 -> at(dice, epoch, 0, head);
            case 5, 6, 7 -> at(dice, epoch, dice.between(0, head), head);
            case 8 ->
                new Join(new Position("other", dice.between(0, head)), 0, "other-epoch", head);
            default -> ahead(dice, epoch, head);
        };
    }

    /** A client may leave the epoch out; then it is not checked. */
    private static Join at(Dice dice, String epoch, long revision, long head) {
        return new Join(
                new Position(dice.chance(50) ? epoch : null, revision), revision, null, head);
    }

    private static Join ahead(Dice dice, String epoch, long head) {
        long revision = head + (dice.chance(50) ? 1 : FAR);
        return new Join(
                new Position(dice.chance(50) ? epoch : null, revision), head, "ahead", head);
    }

    Start start() {
        return since == null ? new Start.Now() : new Start.After(since);
    }
}
