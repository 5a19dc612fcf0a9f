package dev.genstore.checks.rules;

import dev.genstore.checks.harness.Answer;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * Notes that are written at random, what they were behind each write, and the rule by which they are
 * read now. Confined to one thread.
 */
final class NotesModel {
    static final int IDS = 8;
    static final List<String> PEOPLE = List.of("ann", "bob", "eve");

    /** The id of a note that is never written. */
    static final String NEVER = "n9";

    private final RuledServer server;
    private final Random random;

    /** All notes by their ids, behind each revision at which one changed. */
    private final NavigableMap<Long, Map<String, JsonNode>> states = new TreeMap<>();

    private RandomRule rule = RandomRule.ALL.getFirst();

    NotesModel(RuledServer server, Random random) {
        this.server = server;
        this.random = random;
        states.put(0L, Map.of());
    }

    /** From now on another rule holds, and a retention. */
    void define(String retention) {
        rule = RandomRule.ALL.get(random.nextInt(RandomRule.ALL.size()));
        String read = rule.expression().replace("\"", "\\\"");
        server.define(
                "notes", "{\"rules\":{\"read\":\"" + read + "\"},\"retention\":" + retention + "}");
    }

    /** Makes, replaces or deletes some note. */
    void write() {
        String id = "n" + random.nextInt(IDS);
        var notes = new TreeMap<>(state(Long.MAX_VALUE));
        if (random.nextInt(4) > 0) {
            Answer answer = server.send("root", "PUT", "/api/notes/" + id, note());
            notes.put(id, answer.json());
            states.put(answer.json().path("_revision").asLong(), notes);
        } else if (notes.remove(id) != null) {
            Answer answer = server.send("root", "DELETE", "/api/notes/" + id, "");
            String tag = answer.header("ETag").orElseThrow();
            states.put(
                    Long.parseLong(tag.substring(tag.indexOf('-') + 1, tag.length() - 1)), notes);
        }
    }

    private String note() {
        String owner = PEOPLE.get(random.nextInt(PEOPLE.size()));
        String tag = PEOPLE.get(random.nextInt(PEOPLE.size()));
        return "{\"owner\":\"" + owner + "\",\"team\":\"" + (random.nextBoolean() ? "red" : "green")
                + "\",\"level\":" + random.nextInt(5) + ",\"open\":" + random.nextBoolean()
                + ",\"tags\":[\"" + tag + "\"]}";
    }

    /** Whether somebody may be shown this note now. */
    boolean lets(String who, JsonNode note) {
        return rule.lets().test(who, note);
    }

    /** What somebody may be shown of the state behind a revision, in order of the ids. */
    List<JsonNode> seen(String who, long revision) {
        return new TreeMap<>(state(revision))
                .values().stream().filter(note -> lets(who, note)).toList();
    }

    private Map<String, JsonNode> state(long revision) {
        return Objects.requireNonNull(states.floorEntry(revision)).getValue();
    }

    /** What somebody may be shown now. */
    List<JsonNode> seen(String who) {
        return seen(who, Long.MAX_VALUE);
    }

    /** Whether somebody may be told of a note what it was behind a revision or later. */
    boolean isEverSeen(String who, String id, long revision) {
        long first = Objects.requireNonNull(states.floorKey(revision));
        return states.tailMap(first).values().stream()
                .flatMap(notes -> notes.values().stream())
                .filter(note -> note.path("id").asString().equals(id))
                .anyMatch(note -> lets(who, note));
    }

    /** The revision before the last of so many changes; 0 when there were not so many. */
    long before(int changes) {
        return states.descendingKeySet().stream().skip(changes).findFirst().orElse(0L);
    }

    /** One behind which the notes were others. */
    long anyRevision() {
        List<Long> revisions = List.copyOf(states.keySet());
        return revisions.get(random.nextInt(revisions.size()));
    }

    String expression() {
        return rule.expression();
    }
}
