package dev.genstore.wire;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Authenticator;
import dev.genstore.router.Challenges;
import dev.genstore.router.Principal;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Lets requests in: finds out who makes them, elsewhere where that may take a while.
 *
 * <p>Confined to the peer's loop, except for {@link #checked} and {@link #requireGood}.
 */
final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private final Peer peer;
    private final Service service;
    private final Consumer<Runnable> onLoop;

    /**
     * The door for this peer.
     *
     * @param onLoop runs a task on the peer's loop
     */
    Admission(Peer peer, Service service, Consumer<Runnable> onLoop) {
        this.peer = peer;
        this.service = service;
        this.onLoop = onLoop;
    }

    /**
     * Finds out who makes a request, and goes on with it, perhaps later.
     *
     * @param admitted takes the request, and who makes it is in it
     * @param refused takes the reason why it is not let in
     */
    void admit(Request request, Consumer<Request> admitted, Consumer<Problem> refused) {
        try {
            Principal known = authenticator().recall(request);
            if (known == null) {
                peer.visit().requireTries();
                service.actions().execute(() -> identify(request, admitted, refused));
                return;
            }
            goOn(request.by(known), admitted, refused);
        } catch (Problem problem) {
            refuse(request, problem, admitted, refused);
        }
    }

    /** Who has said nothing may ask for what is for everyone. */
    private void refuse(
            Request request,
            Problem problem,
            Consumer<Request> admitted,
            Consumer<Problem> refused) {
        if (problem.type() == ProblemType.UNAUTHENTICATED
                && service.router().isForEveryone(request)) {
            peer.letOut();
            admitted.accept(request.by(Principal.STRANGER));
        } else {
            turnAway(problem, refused);
        }
    }

    /** Whoever was let in before, this is somebody else. */
    private void turnAway(Problem problem, Consumer<Problem> refused) {
        peer.letOut();
        refused.accept(peer.visit().failed(problem));
    }

    /** Runs where it may block. */
    private void identify(Request request, Consumer<Request> admitted, Consumer<Problem> refused) {
        try {
            Principal found = authenticator().identify(request);
            onLoop.accept(() -> goOn(request.by(found), admitted, refused));
        } catch (Problem problem) {
            onLoop.accept(() -> turnAway(problem, refused));
        } catch (RuntimeException | Error bug) {
            LOG.error("Who asks for {} can't be told", request.path(), bug);
            onLoop.accept(() -> refused.accept(
                    ProblemType.INTERNAL.because("The server failed; its log says more.")));
        }
    }

    private void goOn(Request request, Consumer<Request> admitted, Consumer<Problem> refused) {
        try {
            letIn(request);
        } catch (Problem problem) {
            refused.accept(problem);
            return;
        }
        admitted.accept(request);
    }

    /** What was revoked since is looked at here, as from now on the peer hears of it by itself. */
    private void letIn(Request request) {
        requireGood(request);
        if (request.principal().kind() == Principal.Kind.NOBODY) {
            service.hosts().check(request.headers());
        }
        if (!request.method().isSafe()) {
            service.origins().check(request.headers(), peer.scheme());
        }
        peer.letIn(request.principal());
        peer.peers().enter(peer, request.principal().session());
    }

    /**
     * The answer to who has waited for it, if he may still have it.
     *
     * @throws Problem 401 when his time ended meanwhile
     */
    Supplier<Reply> checked(Request request, Supplier<Reply> waiting) {
        return () -> {
            Reply reply = waiting.get();
            boolean isForEveryone = request.principal().equals(Principal.STRANGER);
            if (!isForEveryone) {
                requireGood(request);
            }
            return reply;
        };
    }

    /**
     * Makes sure that whoever is let in may still be there.
     *
     * @throws Problem 401 when his time ended meanwhile
     */
    void requireGood(Request request) {
        if (!authenticator().isGood(request.principal())) {
            throw Challenges.over();
        }
    }

    private Authenticator authenticator() {
        return service.authenticator();
    }
}
