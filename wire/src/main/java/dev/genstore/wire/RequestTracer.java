package dev.genstore.wire;

import dev.genstore.router.Request;
import dev.genstore.router.Router;

/** Follows requests, for who wants to see where time goes. Thread-safe. */
@FunctionalInterface
public interface RequestTracer extends AutoCloseable {
    /** Follows none. */
    RequestTracer NONE = (request, router) -> RequestTrace.NONE;

    /**
     * A request has come, whole. Called on event loops, so it must be quick and must not throw.
     *
     * @param router knows the template that its URL fits
     */
    RequestTrace begin(Request request, Router router);

    /** The server has stopped, or did not start; may be called twice. */
    @Override
    default void close() {}
}
