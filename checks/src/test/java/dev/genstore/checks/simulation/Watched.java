package dev.genstore.checks.simulation;

import dev.genstore.hub.Watch;
import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Set;

/**
 * What is watched, as the model understands it.
 *
 * @param watch for the server
 * @param condition what its filter means
 * @param shown the members that are shown; empty when all are
 */
record Watched(Watch watch, Condition condition, Set<String> shown) {
    private static final Set<String> ALWAYS = Set.of("id", "_revision");

    /** Whether a change is told: one of its states is seen. */
    boolean sees(History history, Change change) {
        return isSeen(history, change.before()) || isSeen(history, change.after());
    }

    boolean isSeen(History history, @Nullable Resource state) {
        return state != null
                && watch.target().covers(state.collection(), state.id())
                && condition.holds().test(history.tree(state.revision()));
    }

    /**
     * Whether who was not told of a change counts as one who has missed something. Of one resource that
     * is seen through a filter each change of its collection does: else it would tell of the resource.
     */
    boolean mayMiss(Change change) {
        boolean isNear = watch.target() instanceof Target.Single single
                && single.collection().equals(change.collection());
        return watch.target().covers(change.collection(), change.id())
                || (isNear && !watch.filter().isAll());
    }

    /** What a change is to who sees only this. */
    String type(History history, Change change) {
        if (!isSeen(history, change.after())) {
            return "deleted";
        }
        return isSeen(history, change.before()) ? "updated" : "created";
    }

    /** What is shown of the resource that a change left behind. */
    JsonNode tree(History history, long revision) {
        JsonNode whole = history.tree(revision);
        if (shown.isEmpty()) {
            return whole;
        }
        ObjectNode some = ((ObjectNode) whole).deepCopy();
        some.propertyNames().stream()
                .filter(name -> !shown.contains(name) && !ALWAYS.contains(name))
                .toList()
                .forEach(some::remove);
        return some;
    }

    @Override
    public String toString() {
        return watch.target().path() + "?data=" + watch.data().parameter() + "&filter="
                + watch.filter() + "&fields=" + watch.fields();
    }
}
