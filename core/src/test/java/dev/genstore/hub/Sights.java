package dev.genstore.hub;

import dev.genstore.query.Filter;
import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;

import java.util.Objects;

/** Changes as they look to who sees everything. */
final class Sights {
    private Sights() {}

    static Sight of(Change change) {
        return all(new Transition(change));
    }

    static Sight ofPresent(Resource resource) {
        return all(Transition.toPresent(resource));
    }

    private static Sight all(Transition transition) {
        return Objects.requireNonNull(transition.seenThrough(new Target.Everything(), Filter.ALL));
    }
}
