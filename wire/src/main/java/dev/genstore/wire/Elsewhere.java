package dev.genstore.wire;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Finds out for a peer what may take a while to be found out, and comes back to its loop with that.
 *
 * <p>Immutable.
 *
 * @param actions runs what may block
 * @param onLoop runs a task on the peer's loop
 */
record Elsewhere(Executor actions, Consumer<Runnable> onLoop) {
    private static final Logger LOG = LoggerFactory.getLogger(Elsewhere.class);

    /**
     * Looks, and says what it has found, later.
     *
     * @param what is looked for, in words for the log
     * @param found takes what it is, on the loop
     * @param refused takes, on the loop, why it can't be had
     */
    <T> void find(String what, Supplier<T> looking, Consumer<T> found, Consumer<Problem> refused) {
        actions.execute(() -> onLoop.accept(look(what, looking, found, refused)));
    }

    private static <T> Runnable look(
            String what, Supplier<T> looking, Consumer<T> found, Consumer<Problem> refused) {
        try {
            T it = looking.get();
            return () -> found.accept(it);
        } catch (Problem problem) {
            return () -> refused.accept(problem);
        } catch (RuntimeException | Error bug) {
            LOG.error("{} can't be looked at", what, bug);
            return () -> refused.accept(
                    ProblemType.INTERNAL.because("The server failed; its log says more."));
        }
    }
}
