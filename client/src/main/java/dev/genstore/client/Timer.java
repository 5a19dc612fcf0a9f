package dev.genstore.client;

import java.time.Duration;

/** Does something later. A program that tests itself can have one of its own. Thread-safe. */
@FunctionalInterface
public interface Timer {
    /**
     * Runs the action when this time is over, on any thread; the action does not block.
     *
     * @return what takes it back; it does nothing once the action has run
     */
    Runnable after(Duration delay, Runnable action);
}
