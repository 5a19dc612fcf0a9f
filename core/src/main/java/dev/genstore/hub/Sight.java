package dev.genstore.hub;

import dev.genstore.resource.Change;

/**
 * A change as it looks through a filter.
 *
 * @param transition what changed; confined to its thread
 * @param kind what that is to those who look through the filter
 */
record Sight(Transition transition, Change.Kind kind) {
    Change change() {
        return transition.change();
    }

    long revision() {
        return transition.revision();
    }
}
