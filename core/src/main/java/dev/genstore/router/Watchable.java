package dev.genstore.router;

import dev.genstore.resource.Target;

/** An ability of an {@link Action} for GET: what it shows can be watched at the same URL. */
public interface Watchable {
    /**
     * What a watcher of this URL follows.
     *
     * @throws dev.genstore.resource.Problem when the URL names nothing that can exist
     */
    Target target(Request request);
}
