package dev.genstore.checks.promise;

import dev.genstore.resource.Change;
import dev.genstore.resource.Draft;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.store.Edit;
import dev.genstore.store.Outcome;
import dev.genstore.store.Precondition;
import dev.genstore.store.Resources;
import dev.genstore.store.Write;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;

/**
 * Writes at random to a few resources of two collections, and notes what it was answered. Confined to
 * one thread, but for the notes.
 */
final class RandomWriter implements Callable<Integer> {
    /** The member that the last write has. */
    static final String END = "end";

    private static final List<String> COLLECTIONS = List.of("notes", "tasks");
    private static final int IDS = 8;

    private final Resources resources;
    private final Random random;
    private final int writes;
    private final Map<Long, Change> notes;

    /**
     * A writer of so many writes.
     *
     * @param notes takes every change that was answered, by its revision; thread-safe
     */
    RandomWriter(Resources resources, long seed, int writes, Map<Long, Change> notes) {
        this.resources = resources;
        this.random = new Random(seed);
        this.writes = writes;
        this.notes = notes;
    }

    /** Writes; returns how many changes it made. */
    @Override
    public Integer call() {
        int changes = 0;
        for (int i = 0; i < writes; i++) {
            changes += write() ? 1 : 0;
        }
        return changes;
    }

    private boolean write() {
        String collection = COLLECTIONS.get(random.nextInt(COLLECTIONS.size()));
        String id = Integer.toString(random.nextInt(IDS));
        return write(collection, id, random.nextInt(4) == 0 ? new Edit.Delete() : replacement());
    }

    /** Makes the last change, which is one of {@code /api/notes/3}. */
    void end() {
        write("notes", "3", replacement("{\"" + END + "\":true}"));
    }

    private boolean write(String collection, String id, Edit edit) {
        try {
            Outcome outcome =
                    resources.write(new Write(collection, id, edit, Precondition.NONE, null));
            return outcome instanceof Outcome.Changed(Change change) && note(change);
        } catch (Problem problem) {
            if (problem.type() == ProblemType.NOT_FOUND) {
                return false;
            }
            throw problem;
        }
    }

    private boolean note(Change change) {
        notes.put(change.revision(), change);
        return true;
    }

    private Edit replacement() {
        return replacement("{\"n\":" + random.nextInt(3) + ",\"m" + random.nextInt(3) + "\":{\"x\":"
                + random.nextInt(3) + "}}");
    }

    private static Edit replacement(String json) {
        return new Edit.Replace(
                Draft.read(json.getBytes(StandardCharsets.UTF_8)).members());
    }
}
