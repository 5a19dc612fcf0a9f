package dev.genstore.client;

import java.util.List;

/** Who is told what a {@link Follower} hears; one call behind the other. None of them blocks. */
interface Audience {
    /**
     * At least one event, in order; those of one commit in one call.
     *
     * @return whether there is room for more; if not, {@link Follower#room} says when there is
     */
    boolean told(List<Message> events);

    /** Whether a connection has just begun to tell, or ended. */
    void connected(boolean is);

    /** It is over: the server will not have it. */
    void failed(Problem problem);

    /** It is over: the client was closed. */
    void closed();
}
