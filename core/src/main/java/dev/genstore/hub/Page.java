package dev.genstore.hub;

import java.util.List;

/**
 * A piece of what a watcher that is not in the window has to be told.
 *
 * @param events in order; may be empty
 * @param progress how far they bring it
 * @param atHead whether there was nothing behind them when they were read
 */
public record Page(List<Event> events, Progress progress, boolean atHead) {
    public Page {
        events = List.copyOf(events);
    }
}
