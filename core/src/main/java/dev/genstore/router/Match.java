package dev.genstore.router;

import java.util.Set;

/** What a router finds for a request. */
public sealed interface Match {
    /** An action answers it. */
    record Found(Binding<?> binding, Request request) implements Match {}

    /** The URL is known, but not with this method. */
    record OtherMethod(Set<Method> allowed) implements Match {}

    /** Nothing has this URL. */
    record Nothing() implements Match {}
}
