package dev.genstore.router;

/**
 * What answers a request. It runs on a virtual thread of its own and may block.
 *
 * @param <C> the type of the context it works with
 */
@FunctionalInterface
public interface Action<C> {
    /**
     * Answers the request.
     *
     * @param context what was registered under the binding's context type; shared by all calls, so
     *     it must be thread-safe
     * @throws dev.genstore.resource.Problem to answer with that problem; anything else that is
     *     thrown is logged and answered with 500
     */
    Reply act(Request request, C context) throws Exception;
}
