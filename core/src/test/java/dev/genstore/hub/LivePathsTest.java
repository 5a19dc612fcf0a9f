package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.query.Fields;
import dev.genstore.query.Filter;
import dev.genstore.query.Selection;
import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** The frames, the log and the states, tried one by one, say the same of any filter. */
class LivePathsTest {
    private static final int ROUNDS = 150;
    private static final int CHANGES = 40;
    private static final List<DataMode> MODES = List.of(DataMode.values());

    private final HubRig rig = new HubRig(Hub.Limits.DEFAULT);
    private final List<Change> log = new ArrayList<>();

    @Test
    void what_is_told_live_is_what_the_log_tells_and_what_the_states_are() {
        long seed = Long.getLong("genstore.seed", System.nanoTime());
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            tryOne(random, "seed " + seed + ", round " + round);
        }
    }

    private void tryOne(Random random, String where) {
        Watch watch = any(random);
        long from = rig.stored.head();
        var live = rig.sockets.open(1);
        Watcher watcher = rig.watch(watch, new Start.Now(), live);
        for (int i = 0; i < CHANGES; i++) {
            change(random);
        }
        rig.settle(watcher, live);
        watcher.close();
        List<JsonNode> told = changes(live);
        assertThat(kinds(told)).as("%s: %s", where, watch).isEqualTo(modelled(watch, from));

        var later = rig.sockets.open(2);
        Watcher reading = rig.watch(watch, HubRig.since("e1", from), later);
        rig.settle(reading, later);
        reading.close();
        assertThat(changes(later)).as("%s: %s", where, watch).isEqualTo(told);
    }

    private static List<JsonNode> changes(HubRig.Client client) {
        return client.told.stream().filter(event -> event.has("subject")).toList();
    }

    private static List<String> kinds(List<JsonNode> events) {
        return events.stream()
                .map(event ->
                        event.get("type").stringValue() + ' ' + event.get("id").stringValue())
                .toList();
    }

    /** State by state, and without anything of the hub's. */
    private List<String> modelled(Watch watch, long from) {
        List<String> due = new ArrayList<>();
        for (Change change : log.subList(Math.toIntExact(from), log.size())) {
            boolean was = isSeen(watch, change.before());
            boolean is = isSeen(watch, change.after());
            if (was || is) {
                String type = was && is ? "updated" : is ? "created" : "deleted";
                due.add(type + " e1-" + change.revision());
            }
        }
        return due;
    }

    private static boolean isSeen(Watch watch, @Nullable Resource state) {
        return state != null
                && watch.target().covers(state.collection(), state.id())
                && watch.filter().matches(state);
    }

    private static Watch any(Random random) {
        Filter filter = Conditions.any(random);
        Target target = switch (random.nextInt(4)) {
            case 0 -> new Target.Everything();
            case 1 -> new Target.Single("notes", "1");
            default -> new Target.InCollection("notes");
        };
        DataMode mode = MODES.get(random.nextInt(MODES.size()));
        return new Watch(new Selection(target, filter, Fields.ALL), mode);
    }

    private void change(Random random) {
        String collection = random.nextInt(4) == 0 ? "tasks" : "notes";
        String id = "" + random.nextInt(3);
        boolean isThere = isThere(collection, id);
        Change change = isThere && random.nextInt(4) == 0
                ? rig.stored.delete(collection, id)
                : rig.stored.put(collection, id, Conditions.state(random));
        log.add(change);
        rig.changelog.committed(List.of(change));
    }

    private boolean isThere(String collection, String id) {
        return rig.stored.read(snapshot -> Objects.nonNull(snapshot.find(collection, id)));
    }
}
