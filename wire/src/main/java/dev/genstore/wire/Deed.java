package dev.genstore.wire;

import dev.genstore.resource.ProblemType;
import dev.genstore.router.ClientAddress;
import dev.genstore.router.Principal;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;

/** Something that somebody does, as it is known where it is decided. Immutable. */
public sealed interface Deed {
    /**
     * A request has an answer, which is about to be sent. Who makes it was let in, or asks as a
     * {@linkplain Principal#STRANGER stranger} for what is for everyone.
     */
    record Answered(Request request, Reply reply) implements Deed {
        /** Whether it is known who it is, as far as anybody has to say so here. */
        public boolean isLetIn() {
            return !request.principal().equals(Principal.STRANGER);
        }
    }

    /** Who made a request was not let in. */
    record ShutOut(Asked asked, ProblemType why) implements Deed {}

    /** What came is no request that can be made here, and nobody has looked who sends it. */
    record Misasked(Asked asked, ProblemType why) implements Deed {}

    /** Somebody who was let in may not have what he has commanded on his socket. */
    record CommandRefused(Asked asked, ProblemType why) implements Deed {}

    /** Somebody is told of changes from now on. */
    record WatchBegan(Watching watching) implements Deed {}

    /** He wants to be told no more of this one, on a socket that may have others. */
    record Unwatched(Watching watching) implements Deed {}

    /**
     * A connection has ended, and with it all of its watches. That is told once, for the URL that it
     * was opened at.
     */
    record WatchEnded(Watching watching, DisconnectCause cause) implements Deed {}

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
