package dev.genstore.client;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A store as simple as can be: all its states, and what a watch tells of each change. It is what
 * the protocol says, written down once more. Confined to one thread.
 */
final class ModelHistory {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final String epoch;
    private final List<Map<String, JsonNode>> states = new ArrayList<>(List.of(Map.of()));
    private final List<Written> changes = new ArrayList<>(List.of(new Written("", 0)));
    private int horizon;

    /** What can be watched. */
    enum View {
        ALL("/api/notes"),
        OPEN("/api/notes?status=open"),
        WINDOW("/api/notes?sort=-n&limit=3");

        private final String path;

        View(String path) {
            this.path = path;
        }

        String path() {
            return path;
        }

        /** What is seen there of a state. */
        List<JsonNode> of(Map<String, JsonNode> state) {
            return switch (this) {
                case ALL -> List.copyOf(state.values());
                case OPEN ->
                    state.values().stream()
                            .filter(note -> note.path("status").asString("").equals("open"))
                            .toList();
                case WINDOW ->
                    state.values().stream().sorted(DOWNWARDS).limit(3).toList();
            };
        }

        private static final Comparator<JsonNode> DOWNWARDS = Comparator.comparingInt(
                        (JsonNode note) -> note.path("n").asInt())
                .thenComparing(note -> note.path("id").asString())
                .reversed();
    }

    /** A change; its commit is the last revision of its batch, or 0. */
    private record Written(String id, int commit) {}

    ModelHistory(String epoch) {
        this.epoch = epoch;
    }

    String epoch() {
        return epoch;
    }

    int head() {
        return changes.size() - 1;
    }

    int horizon() {
        return horizon;
    }

    void forgetUpTo(int revision) {
        horizon = revision;
    }

    /** Goes on as another history, from an earlier state. */
    ModelHistory restored(String other, int revision) {
        var history = new ModelHistory(other);
        history.states.addAll(states.subList(1, revision + 1));
        history.changes.addAll(changes.subList(1, revision + 1));
        history.horizon = Math.min(horizon, revision);
        return history;
    }

    /** Does writes as one commit; each is an id and the note, or null to delete it. */
    void commit(List<String> ids, List<@Nullable ObjectNode> notes) {
        int last = head() + ids.size();
        for (int i = 0; i < ids.size(); i++) {
            var state = new TreeMap<>(states.getLast());
            ObjectNode note = notes.get(i);
            if (note == null) {
                state.remove(ids.get(i));
            } else {
                state.put(ids.get(i), note.put("id", ids.get(i)).put("_revision", head() + 1));
            }
            states.add(state);
            changes.add(new Written(ids.get(i), ids.size() > 1 ? last : 0));
        }
    }

    String position(int revision) {
        return epoch + "-" + revision;
    }

    /** Whether a batch goes on behind this revision. */
    boolean isInside(int revision) {
        return revision < changes.get(revision).commit();
    }

    List<JsonNode> view(View view, int revision) {
        return view.of(states.get(revision));
    }

    /** The state as events in order of revision. */
    List<ObjectNode> tellState(View view, int revision) {
        return view(view, revision).stream()
                .sorted(Comparator.comparingInt(note -> note.path("_revision").asInt()))
                .map(note -> event(note.path("_revision").asInt(), "created", note, 0))
                .toList();
    }

    /** What a change is to a watch: nothing, one event, or two of a window. */
    List<ObjectNode> tell(View view, int revision) {
        Written change = changes.get(revision);
        Map<String, JsonNode> before = byId(view(view, revision - 1));
        Map<String, JsonNode> after = byId(view(view, revision));
        var events = new ArrayList<ObjectNode>();
        before.keySet().stream().filter(id -> !after.containsKey(id)).forEach(id -> {
            ObjectNode gone = MAPPER.createObjectNode().put("id", id).put("_revision", revision);
            events.add(event(revision, "deleted", gone, change.commit()));
        });
        after.forEach((id, note) -> {
            if (!before.containsKey(id)) {
                events.add(event(revision, "created", note, change.commit()));
            } else if (id.equals(change.id())) {
                events.add(event(revision, "updated", note, change.commit()));
            }
        });
        if (events.size() == 2) {
            events.getFirst().put("id", position(revision - 1) + ".1");
        }
        return events;
    }

    /** Whether a {@code synced} follows a batch that ends with something which is not watched. */
    boolean endsBatchUnseen(View view, int revision) {
        boolean isEnd = changes.get(revision).commit() == revision;
        boolean isSeen = !isEnd || !tell(view, revision).isEmpty();
        for (int at = revision - 1; !isSeen && changes.get(at).commit() == revision; at--) {
            if (!tell(view, at).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    ObjectNode synced(int revision) {
        return common("synced").put("id", position(revision));
    }

    ObjectNode reset(String reason) {
        ObjectNode event = common("reset").put("id", position(0));
        event.putObject("data").put("reason", reason);
        return event;
    }

    private ObjectNode event(int revision, String type, JsonNode data, int commit) {
        ObjectNode event = common(type)
                .put("id", position(revision))
                .put("subject", data.path("id").asString());
        event.set("data", data.deepCopy());
        return commit == 0 ? event : event.put("commit", position(commit));
    }

    private static ObjectNode common(String type) {
        return MAPPER.createObjectNode()
                .put("type", type)
                .put("source", "/api/notes")
                .put("time", "2026-01-01T00:00:00.000Z");
    }

    private static Map<String, JsonNode> byId(List<JsonNode> notes) {
        var map = new TreeMap<String, JsonNode>();
        notes.forEach(note -> map.put(note.path("id").asString(), note));
        return map;
    }
}
