package dev.genstore.client;

import org.jspecify.annotations.Nullable;

/**
 * Gives an API key or a JWT for each connection and request. It may block, and must be thread-safe.
 */
@FunctionalInterface
public interface TokenSource {
    /**
     * The token to be sent, or null for none.
     *
     * @param refused whether the server has just refused the last one, so that it is time for
     *     another
     */
    @Nullable String token(boolean refused);
}
