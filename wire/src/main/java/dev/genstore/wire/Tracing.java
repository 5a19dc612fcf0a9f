package dev.genstore.wire;

import dev.genstore.hub.FollowedChanges;

import java.util.Objects;

/**
 * What is followed from request to delivery, for who wants to see where time goes. Its parts are
 * thread-safe.
 *
 * @param requests follows requests; what they write is for it to follow, too
 * @param changes those that are followed to the sockets of watchers
 */
public record Tracing(RequestTracer requests, FollowedChanges changes) {
    /** Nothing. */
    public static final Tracing NONE = new Tracing(RequestTracer.NONE, FollowedChanges.NONE);

    public Tracing {
        Objects.requireNonNull(requests, "requests");
        Objects.requireNonNull(changes, "changes");
    }
}
