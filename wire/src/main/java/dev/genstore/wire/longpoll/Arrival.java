package dev.genstore.wire.longpoll;

import dev.genstore.hub.ChangeWaiter;
import dev.genstore.hub.Hub;
import dev.genstore.query.Selection;
import dev.genstore.resource.Position;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Target;

/**
 * Waits until the server has come to a position. What a client has written here is here when it is
 * answered, so only a position of another server, or a wrong one, is waited for.
 *
 * <p>Thread-safe.
 */
public final class Arrival {
    private final Hub hub;
    private final String epoch;

    public Arrival(Hub hub, String epoch) {
        this.hub = hub;
        this.epoch = epoch;
    }

    /**
     * Returns when it has; blocks at most as long as the patience lasts.
     *
     * @throws dev.genstore.resource.Problem 503 {@code ahead} when it has not by then, or 410 {@code
     *     other-epoch}
     */
    public void await(Position position, Patience patience) {
        if (!position.isOf(epoch)) {
            throw ProblemType.OTHER_EPOCH.because("The history of " + position
                    + " is not the one of this store, which is " + epoch
                    + "; it will never come to that.");
        }
        if (!hasCome(position) && !hasComeWithin(patience, position)) {
            throw ProblemType.AHEAD
                    .because("This store has come to " + new Position(epoch, hub.head())
                            + " and not yet to " + position + "; with 'Prefer: wait=30' it is"
                            + " waited for.")
                    .with("Retry-After", "1");
        }
    }

    private boolean hasComeWithin(Patience patience, Position position) {
        try (var waiter = new ChangeWaiter(hub, Selection.of(new Target.Everything()))) {
            boolean isLeft = true;
            while (isLeft && !hasCome(position)) {
                isLeft = patience.awaitChange(waiter);
            }
            return hasCome(position);
        }
    }

    private boolean hasCome(Position position) {
        return hub.head() >= position.revision();
    }
}
