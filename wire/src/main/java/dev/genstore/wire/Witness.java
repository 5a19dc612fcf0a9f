package dev.genstore.wire;

import dev.genstore.resource.Problem;
import dev.genstore.router.ClientAddress;
import dev.genstore.router.Principal;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;

/**
 * Is told who asks for what, and what comes of it. What it is given may have secrets in it: it is for
 * the witness to leave out what must not be known elsewhere.
 *
 * <p>Thread-safe; called on event loops, so it must be quick, and must not throw.
 */
public interface Witness {
    /** Looks away. */
    Witness NONE = new Witness() {
        @Override
        public void answered(Request request, Reply reply) {}

        @Override
        public void refused(Asked asked, Problem problem) {}

        @Override
        public void watchBegan(Watching watching) {}

        @Override
        public void watchEnded(Watching watching, String cause) {}
    };

    /**
     * A request has an answer, which is about to be sent.
     *
     * @param request with who makes it, and from where; nobody, where he was not let in
     */
    void answered(Request request, Reply reply);

    /** What is no request, or only a part of one, was refused. */
    void refused(Asked asked, Problem problem);

    /** Somebody is told of changes from now on. */
    void watchBegan(Watching watching);

    /**
     * He is told no more. The end of a connection ends all of its watches, and is told once, for the
     * URL that it was opened at.
     *
     * @param cause why, a word
     */
    void watchEnded(Watching watching, String cause);

    /**
     * What somebody wanted.
     *
     * @param principal who it is, as far as that is known
     * @param path without the query, as it came
     */
    record Asked(ClientAddress address, Principal principal, String method, String path) {}

    /**
     * A watch of somebody.
     *
     * @param connection a number that no other connection of this server has
     * @param path what is watched, without the query
     */
    record Watching(
            long connection,
            ClientAddress address,
            Principal principal,
            Transport transport,
            String path) {
        /** Another one on the same connection. */
        Watching of(String other) {
            return new Watching(connection, address, principal, transport, other);
        }
    }
}
