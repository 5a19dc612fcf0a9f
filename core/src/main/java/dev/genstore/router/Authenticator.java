package dev.genstore.router;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/**
 * Tells who makes a request, by the credentials in its header fields. What these may be used for may
 * depend on the method, for example when a browser adds them by itself. Thread-safe.
 */
public interface Authenticator {
    /** Asks nobody who he is. */
    Authenticator NONE = new Authenticator() {
        @Override
        public Principal recall(Request request) {
            return Principal.NOBODY;
        }

        @Override
        public Principal identify(Request request) {
            return Principal.NOBODY;
        }

        @Override
        public boolean isGood(Principal principal) {
            return true;
        }

        @Override
        public void listen(Runnable listener) {}
    };

    /**
     * Who it is, where that can be told at once; null where {@link #identify} has to be asked.
     *
     * @throws dev.genstore.resource.Problem 401 when the credentials are missing or no good, 403 when
     *     they are not good for this
     */
    @Nullable Principal recall(Request request);

    /**
     * Who it is. This may block: keys have to be fetched, signatures checked.
     *
     * @throws dev.genstore.resource.Problem 401 when the credentials are missing or no good, 503 when
     *     that can't be told now
     */
    Principal identify(Request request);

    /** Whether somebody who was let in may still stay: his time is not over and nothing was revoked. */
    boolean isGood(Principal principal);

    /**
     * Has {@code listener} called whenever somebody may have ceased to be good before his time was
     * over. What changes in the store behind that is told when it has returned.
     */
    void listen(Runnable listener);

    /**
     * Has {@code listener} called with each session that somebody has ended ({@link
     * Principal#session}), with the same promise. Who knows of no sessions need not.
     */
    default void listenToEnds(Consumer<String> listener) {}
}
