package dev.genstore.wire;

import dev.genstore.hub.Start;
import dev.genstore.hub.Watch;
import dev.genstore.query.Selection;
import dev.genstore.router.Request;

import java.time.Duration;

/** What a request wants of its URL. */
sealed interface Asking {
    /** An answer by an action. */
    record Reply(Request request) implements Asking {}

    /** A watch that goes on. */
    record Stream(Transport transport, Watch watch, Start start) implements Asking {}

    /** A page of changes, if need be after waiting for one. */
    record Changes(Request request, Watch watch, Duration patience) implements Asking {}

    /** An answer by an action, as soon as it is another than the client has. */
    record Snapshot(Request request, Selection selection, Duration patience) implements Asking {}
}
