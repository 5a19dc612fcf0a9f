package dev.genstore.wire;

import dev.genstore.hub.Watch;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.function.Consumer;

/**
 * Makes sure, before a stream begins, that it can be told: a live window may need more than may be
 * read for it, and behind the head of a stream nobody could say so any more. The window is read
 * elsewhere, unless the hub knows it already.
 *
 * <p>Confined to the peer's loop.
 */
final class WindowCheck {
    private static final Logger LOG = LoggerFactory.getLogger(WindowCheck.class);

    private final Service service;
    private final Consumer<Runnable> onLoop;

    /**
     * A check for one peer.
     *
     * @param onLoop runs a task on the peer's loop
     */
    WindowCheck(Service service, Consumer<Runnable> onLoop) {
        this.service = service;
        this.onLoop = onLoop;
    }

    /** Whether nothing has to be looked at. */
    boolean isDone(Watch watch) {
        return service.hub().shows(watch.selection());
    }

    /** Looks, and says what it has found, later. */
    void begin(Watch watch, Runnable fine, Consumer<Problem> refused) {
        service.actions().execute(() -> look(watch, fine, refused));
    }

    private void look(Watch watch, Runnable fine, Consumer<Problem> refused) {
        try {
            service.pages().require(watch);
            onLoop.accept(fine);
        } catch (Problem problem) {
            onLoop.accept(() -> refused.accept(problem));
        } catch (RuntimeException | Error bug) {
            LOG.error("{} can't be looked at", watch.target().path(), bug);
            onLoop.accept(() -> refused.accept(
                    ProblemType.INTERNAL.because("The server failed; its log says more.")));
        }
    }
}
