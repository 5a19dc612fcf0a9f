package dev.genstore.wire;

import dev.genstore.hub.Start;
import dev.genstore.hub.Watch;
import dev.genstore.router.Awaiting;
import dev.genstore.router.Request;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** What a request wants of its URL. */
sealed interface Asking {
    /**
     * An answer by an action.
     *
     * @param request with what its URL says
     * @param awaiting tells which position is waited for, if one may be
     */
    record Reply(Request request, @Nullable Awaiting awaiting, Duration patience)
            implements Asking {
        /** An answer at once. */
        Reply(Request request) {
            this(request, null, Duration.ZERO);
        }
    }

    /**
     * A watch that goes on.
     *
     * @param watch of what is seen
     * @param sight why that is seen
     */
    record Stream(Transport transport, Watch watch, Start start, Sight sight) implements Asking {}

    /**
     * A page of changes, if need be after waiting for one.
     *
     * @param watch of what is seen
     * @param sight why that is seen
     */
    record Changes(Request request, Watch watch, Duration patience, Sight sight) implements Asking {
        /**
         * The same as the rules are now.
         *
         * @throws dev.genstore.resource.Problem 403 when there is nothing to see any more
         */
        Changes again() {
            Sight present = sight.again();
            return new Changes(
                    request, new Watch(present.selection(), watch.data()), patience, present);
        }
    }

    /**
     * An answer by an action, as soon as it is another than the client has.
     *
     * @param request with what its URL says
     * @param sight what is seen of it
     * @param awaiting tells which position is waited for before, if one is
     */
    record Snapshot(Request request, Sight sight, @Nullable Awaiting awaiting, Duration patience)
            implements Asking {}
}
