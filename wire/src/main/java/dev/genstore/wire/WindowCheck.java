package dev.genstore.wire;

import dev.genstore.hub.Watch;
import dev.genstore.query.Asker;
import dev.genstore.resource.Problem;

import java.util.function.Consumer;

/**
 * Makes sure, before a stream begins, that it can be told: a live window may need more than may be
 * read for it, and behind the head of a stream nobody could say so any more. The window is read
 * elsewhere, unless the hub knows it already.
 *
 * <p>Immutable.
 *
 * @param asker for whom is looked
 */
record WindowCheck(Service service, Asker asker, Elsewhere elsewhere) {
    /** Whether nothing has to be looked at. */
    boolean isDone(Watch watch) {
        return service.hub().shows(watch.selection());
    }

    /** Looks, and says what it has found, later. */
    void begin(Watch watch, Runnable fine, Consumer<Problem> refused) {
        elsewhere.find(
                watch.target().path(),
                () -> asker.ask(() -> require(watch)),
                found -> fine.run(),
                refused);
    }

    private Watch require(Watch watch) {
        service.pages().require(watch);
        return watch;
    }
}
