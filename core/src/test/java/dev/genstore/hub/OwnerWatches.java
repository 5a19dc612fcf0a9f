package dev.genstore.hub;

import dev.genstore.query.Filter;
import dev.genstore.resource.Change;
import dev.genstore.resource.Target;

/** As many filters as there are owners, each of which sees what is its owner's. */
final class OwnerWatches {
    private final WatchIndex index = new WatchIndex(new RankingMemory(1 << 20));

    /** Watches of {@code owner == "<n>"}. */
    OwnerWatches(int count) {
        var notes = new Target.InCollection("notes");
        for (int i = 0; i < count; i++) {
            Filter filter = Conditions.all(Conditions.is("owner", "\"" + i + "\""));
            index.topic(Conditions.selection(notes, filter));
        }
    }

    /** Tries a change with those whom it may concern; returns how many those are. */
    int tried(Change change) {
        var transition = new Transition(change);
        int tried = 0;
        for (Topic topic : index.candidates(transition)) {
            transition.seenThrough(topic.target(), topic.filter());
            tried++;
        }
        return tried;
    }
}
