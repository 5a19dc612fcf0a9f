package dev.genstore.wire;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Effect;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.function.Supplier;

/** What becomes of an action that answers a request: a reply, also when it fails. */
final class Outcome {
    private static final Logger LOG = LoggerFactory.getLogger(Outcome.class);

    private Outcome() {}

    /** Whatever is thrown, there is an answer: without one the peer would wait for ever. */
    static Reply of(Request request, Supplier<Reply> action) {
        try {
            return action.get();
        } catch (Problem problem) {
            return Reply.of(problem);
        } catch (RuntimeException | Error bug) {
            LOG.error("{} {} failed", request.method(), request.path(), bug);
            return failed();
        }
    }

    /** The answer when the server is at fault. */
    static Reply failed() {
        return Reply.of(ProblemType.INTERNAL.because("The server failed; its log says more."));
    }

    /**
     * What is answered where there is no room for the answer. What was done stays done, so who keeps a
     * record of it has to know that.
     */
    static Reply noRoom(Request request, Reply reply) {
        Reply instead = noRoom(request);
        boolean isDone = !request.method().isSafe() && !(reply.effect() instanceof Effect.Refused);
        return isDone
                ? instead.telling(
                        new Effect.Untold(ProblemType.OVERLOADED, reply.status(), reply.effect()))
                : instead;
    }

    private static Reply noRoom(Request request) {
        String advice = request.method().isSafe()
                ? "try again in a second."
                : "it may have been done what was asked, so read before you repeat it.";
        return Reply.of(ProblemType.OVERLOADED
                .because("The server holds too many answers to send this one; " + advice)
                .with("Retry-After", "1"));
    }
}
