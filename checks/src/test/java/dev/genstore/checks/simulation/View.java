package dev.genstore.checks.simulation;

import dev.genstore.resource.Change;
import dev.genstore.resource.Target;

import java.util.HashMap;
import java.util.Map;

/** What a target looked like at a revision: which resources there were, in which version. */
final class View {
    private final History history;
    private final Target target;
    private final Map<String, Long> versions = new HashMap<>();
    private long revision;

    View(History history, Target target) {
        this.history = history;
        this.target = target;
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
        if (!target.covers(change.collection(), change.id())) {
            return;
        }
        if (change.after() == null) {
            versions.remove(History.key(change));
        } else {
            versions.put(History.key(change), change.revision());
        }
    }
}
