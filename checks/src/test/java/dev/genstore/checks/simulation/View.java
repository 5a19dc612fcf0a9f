package dev.genstore.checks.simulation;

import dev.genstore.resource.Change;

import java.util.HashMap;
import java.util.Map;

/** What was seen of the store at a revision: which resources there were, in which version. */
final class View {
    private final History history;
    private final Watched watched;
    private final Map<String, Long> versions = new HashMap<>();
    private long revision;

    View(History history, Watched watched) {
        this.history = history;
        this.watched = watched;
    }

    /** Not to be changed, and only valid until the next call. */
    Map<String, Long> at(long wanted) {
        if (wanted < revision) {
            versions.clear();
            revision = 0;
        }
        while (revision < wanted) {
            revision++;
            apply(history.get(revision));
        }
        return versions;
    }

    private void apply(Change change) {
        if (watched.isSeen(history, change.after())) {
            versions.put(History.key(change), change.revision());
        } else {
            versions.remove(History.key(change));
        }
    }
}
