package dev.genstore.checks.clients;

import dev.genstore.checks.harness.TestServer;
import dev.genstore.resource.Change;
import dev.genstore.resource.Draft;
import dev.genstore.resource.Json;
import dev.genstore.resource.Position;
import dev.genstore.store.Edit;
import dev.genstore.store.Outcome;
import dev.genstore.store.Precondition;
import dev.genstore.store.Write;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes notes at random, and remembers what watchers are to be told. Confined to one thread. */
final class Notes {
    static final String PATH = "/api/notes";

    private static final int IDS = 6;
    private static final int TEXT_CHARACTERS_MAX = 2_000;
    private static final int[] LETTERS = "abc \"\\\n\u2028äöü€😀".codePoints().toArray();

    private final Random random;
    private final Set<String> present = new TreeSet<>();
    private final List<Told> changes = new ArrayList<>();
    private int count;

    Notes(long seed) {
        random = new Random(seed);
    }

    /** Writes so often; each write makes a revision. */
    void write(TestServer server, int times) {
        for (int i = 0; i < times; i++) {
            write(server);
        }
    }

    private void write(TestServer server) {
        String id = "n" + random.nextInt(IDS);
        boolean deletes = present.contains(id) && random.nextInt(4) == 0;
        Edit edit = deletes ? new Edit.Delete() : new Edit.Replace(note(id));
        String origin = random.nextBoolean() ? "write-" + count : null;
        var write = new Write("notes", id, edit, Precondition.NONE, origin);
        if (server.store().resources().write(write) instanceof Outcome.Changed(Change change)) {
            String type = change.kind().name().toLowerCase(Locale.ROOT);
            changes.add(new Told(change.revision(), type, id));
        }
        if (deletes) {
            present.remove(id);
        } else {
            present.add(id);
        }
    }

    private Json note(String id) {
        count++;
        var text = new StringBuilder();
        int length = random.nextInt(TEXT_CHARACTERS_MAX);
        while (text.length() < length) {
            text.appendCodePoint(LETTERS[random.nextInt(LETTERS.length)]);
        }
        String json = "{\"count\":" + count + ",\"text\":" + quoted(text.toString()) + "}";
        return Draft.read(json.getBytes(StandardCharsets.UTF_8)).membersFor(id);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    /** What watchers are to be told that have seen everything up to this position. */
    List<Told> after(Position position) {
        return changes.stream()
                .filter(change -> change.revision() > position.revision())
                .toList();
    }

    /** What watchers from the start on are to be told. */
    List<Told> changes() {
        return List.copyOf(changes);
    }

    /** What watchers are to be told that start over now. */
    List<Told> state() {
        return changes.stream()
                .filter(change -> present.contains(change.subject()))
                .collect(Collectors.toMap(Told::subject, change -> change, (older, newer) -> newer))
                .values()
                .stream()
                .map(change -> new Told(change.revision(), "created", change.subject()))
                .sorted(Comparator.comparingLong(Told::revision))
                .toList();
    }

    /** The position of the last change. */
    Position head(TestServer server) {
        return new Position(server.store().resources().epoch(), head());
    }

    /** The revision of the last change. */
    long head() {
        return changes.isEmpty() ? 0 : changes.getLast().revision();
    }
}
