package dev.genstore.checks.simulation;

import dev.genstore.hub.DataMode;
import dev.genstore.hub.Watch;
import dev.genstore.query.Fields;
import dev.genstore.query.Selection;
import dev.genstore.resource.Target;

import java.util.List;
import java.util.Set;

/** The few resources of a simulation, so that writers and watchers meet. */
final class Places {
    static final List<String> COLLECTIONS = List.of("notes", "tasks");
    static final String ELSEWHERE = "elsewhere";
    static final List<String> IDS = List.of("1", "2", "3", "4");

    private static final List<DataMode> MODES = List.of(DataMode.values());

    private Places() {}

    static Watched anyWatch(Dice dice) {
        Target target = switch (dice.between(0, 5)) {
            case 0, 1 -> new Target.Everything();
            case 2, 3, 4 -> new Target.InCollection(dice.pick(COLLECTIONS));
            default -> new Target.Single(dice.pick(COLLECTIONS), dice.pick(IDS));
        };
        Condition condition = dice.chance(50) ? dice.pick(Condition.SOME) : Condition.NONE;
        Set<String> shown = dice.chance(20) ? Set.of("a", "n") : Set.of();
        Fields fields = shown.isEmpty() ? Fields.ALL : Fields.of(shown);
        var selection = new Selection(target, condition.filter(), fields);
        return new Watched(new Watch(selection, dice.pick(MODES)), condition, shown);
    }
}
