package dev.genstore.router;

import dev.genstore.query.Selection;

/** An ability of an {@link Action} for GET: what it shows can be watched at the same URL. */
public interface Watchable {
    /**
     * What a watcher of this URL follows.
     *
     * @throws dev.genstore.resource.Problem when the URL names nothing that can exist
     */
    Selection selection(Request request);

    /**
     * Whether {@link #selection} understands this parameter of the query. A watch with another one is
     * refused, but for those that say how to watch, such as {@code since}.
     */
    default boolean takes(String parameter) {
        return false;
    }
}
