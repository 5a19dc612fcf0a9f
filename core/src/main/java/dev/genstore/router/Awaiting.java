package dev.genstore.router;

import dev.genstore.resource.Position;

import java.util.Optional;

/**
 * An ability of an {@link Action} that reads: a request can name a position that the server must have
 * come to before it is answered, so that a client reads its own writes wherever it asks.
 */
@FunctionalInterface
public interface Awaiting {
    /**
     * The position that the request waits for, if it does. It may be asked for whenever the parameter
     * {@code at-least} is in the URL, and for every QUERY.
     *
     * @throws dev.genstore.resource.Problem when it names none that can be
     */
    Optional<Position> awaited(Request request);
}
