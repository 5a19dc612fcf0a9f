package dev.genstore.checks.simulation;

import dev.genstore.resource.Change;
import dev.genstore.resource.Names;
import dev.genstore.resource.Resource;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Objects;

/** How long collections keep what their changes did, as the model understands their definitions. */
final class Keeping {
    /** Definitions of which any may be written at any time. */
    static final List<String> DEFINITIONS = List.of(
            "{}",
            "{\"retention\":{\"changes\":1}}",
            "{\"retention\":{\"changes\":4}}",
            "{\"retention\":{\"age\":\"1s\"}}",
            "{\"retention\":{\"age\":\"30s\",\"changes\":10}}");

    private final World world;

    Keeping(World world) {
        this.world = world;
    }

    /** Makes sure that this change may be cut. */
    void check(Change change) {
        Resource definition = world.history.find(Names.DEFINITIONS, change.collection());
        Violation.unless(definition != null, "%s is cut, and nothing says so", change);
        JsonNode retention = Objects.requireNonNull(definition).members().tree().path("retention");
        Violation.unless(
                isTooOld(change, retention) || isOneTooMany(change, retention),
                "%s is cut, and should be kept by %s",
                change,
                retention);
    }

    private boolean isTooOld(Change change, JsonNode retention) {
        String age = retention.path("age").asString("");
        return !age.isEmpty()
                && change.timeMillis()
                        < world.latestMillis - 1_000 * Long.parseLong(age.replace("s", ""));
    }

    private boolean isOneTooMany(Change change, JsonNode retention) {
        long changes = retention.path("changes").asLong(0);
        return changes > 0
                && world.history.countAbove(change.revision(), change.collection()) >= changes;
    }
}
