package dev.genstore.wire;

import dev.genstore.hub.Start;
import dev.genstore.hub.Watch;
import dev.genstore.query.Selection;
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

    /** A watch that goes on. */
    record Stream(Transport transport, Watch watch, Start start) implements Asking {}

    /** A page of changes, if need be after waiting for one. */
    record Changes(Request request, Watch watch, Duration patience) implements Asking {}

    /**
     * An answer by an action, as soon as it is another than the client has.
     *
     * @param request with what its URL says
     * @param awaiting tells which position is waited for before, if one is
     */
    record Snapshot(
            Request request, Selection selection, @Nullable Awaiting awaiting, Duration patience)
            implements Asking {}
}
