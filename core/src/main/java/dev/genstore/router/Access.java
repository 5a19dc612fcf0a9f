package dev.genstore.router;

/**
 * Decides what somebody may do. It is asked once for each request and for each watch, before anything
 * else is done with it. Thread-safe; must be quick.
 */
@FunctionalInterface
public interface Access {
    /** Who was let in may do everything. */
    Access ALL = (principal, binding, request) -> {};

    /**
     * Lets it be done or refuses it.
     *
     * @param binding what would answer
     * @param request with what its URL says
     * @throws dev.genstore.resource.Problem 403 when it is not for this principal
     */
    void check(Principal principal, Binding<?> binding, Request request);
}
