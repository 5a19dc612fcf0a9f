package dev.genstore.checks.simulation;

import static dev.genstore.checks.simulation.Violation.unless;

import dev.genstore.resource.Change;
import dev.genstore.resource.Json;
import dev.genstore.resource.Names;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;
import dev.genstore.resource.TraceParent;
import dev.genstore.store.Batch;
import dev.genstore.store.Done;
import dev.genstore.store.Edit;
import dev.genstore.store.Once;
import dev.genstore.store.Outcome;
import dev.genstore.store.Precondition;
import dev.genstore.store.Write;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Random writes, and the check of what their writers are told. */
final class Writes {
    private static final Set<ProblemType> REFUSALS = Set.of(
            ProblemType.NOT_FOUND,
            ProblemType.ALREADY_EXISTS,
            ProblemType.PRECONDITION_FAILED,
            ProblemType.STORAGE_FULL,
            ProblemType.STORAGE_UNAVAILABLE);

    private static final int REPEATED_MAX = 20;

    private final World world;
    private final Bodies bodies;
    private final List<Waiting> waiting = new ArrayList<>();
    private final BitSet acknowledged = new BitSet();

    /** What can be repeated, and the answers to it. */
    private final List<Batch> repeatable = new ArrayList<>();

    private final Map<String, String> answers = new HashMap<>();
    private int count;
    private boolean lastWasAccepted;

    /** A batch and its answer to come. */
    private record Waiting(Batch batch, Future<Done> answer) {}

    Writes(World world) {
        this.world = world;
        this.bodies = new Bodies(world.dice, world.setting.bigPercent());
    }

    /** Submits a write to one of a few resources, or several, or some that were done already. */
    boolean submit(Node node) {
        return submit(node, batch());
    }

    private Batch batch() {
        if (!repeatable.isEmpty() && world.dice.chance(5)) {
            return world.dice.pick(repeatable);
        }
        int size = world.dice.chance(25) ? world.dice.between(2, 6) : 1;
        List<Write> writes = Stream.generate(this::write).limit(size).toList();
        Once once = world.dice.chance(10) ? once("k" + count++) : null;
        Batch batch = size == 1 ? Batch.alone(writes.getFirst(), once) : Batch.of(writes, once);
        if (once != null) {
            repeatable.add(batch);
        }
        if (repeatable.size() > REPEATED_MAX) {
            repeatable.removeFirst();
        }
        return batch;
    }

    private static Once once(String key) {
        return new Once(key, "of " + key, Object::toString);
    }

    private Write write() {
        return world.dice.chance(world.setting.definingPercent()) ? definition() : resource();
    }

    private Write definition() {
        byte[] members = world.dice.pick(Keeping.DEFINITIONS).getBytes(StandardCharsets.US_ASCII);
        return new Write(
                Names.DEFINITIONS,
                world.dice.pick(Places.COLLECTIONS),
                new Edit.Replace(Json.trusted(members)),
                Precondition.NONE,
                null);
    }

    private Write resource() {
        String collection = world.dice.pick(Places.COLLECTIONS);
        String id = world.dice.pick(Places.IDS);
        Resource present = world.history.find(collection, id);
        Edit edit = edit(present);
        String origin = world.dice.chance(40) ? "w" + count++ : null;
        return new Write(collection, id, edit, precondition(present), origin).traced(trace());
    }

    private @Nullable TraceParent trace() {
        return count % 3 == 0
                ? new TraceParent("00-%032x-%016x-01".formatted(count + 1, count + 1))
                : null;
    }

    private boolean submit(Node node, Batch batch) {
        world.trace.add("submit "
                + batch.writes().stream()
                        .map(write -> write.edit().getClass().getSimpleName() + " of "
                                + write.collection() + "/" + write.id())
                        .toList());
        try {
            waiting.add(new Waiting(batch, node.writer.submit(batch)));
            return true;
        } catch (Problem overloaded) {
            world.trace.add("refused: " + overloaded.type());
            return false;
        }
    }

    private Edit edit(@Nullable Resource present) {
        return switch (world.dice.between(0, 9)) {
            case 0, 1, 2 -> new Edit.Create(bodies.next());
            case 3, 4 -> new Edit.Replace(bodies.next());
            case 5 -> new Edit.Replace(present == null ? Json.EMPTY : present.members());
            case 6, 7 -> new Edit.Patch(bodies.patch(), Integer.MAX_VALUE);
            default -> new Edit.Delete();
        };
    }

    private Precondition precondition(@Nullable Resource present) {
        long revision = present == null ? 1 : present.revision();
        return switch (world.dice.between(0, 9)) {
            case 0 -> Precondition.version(revision);
            case 1 -> Precondition.version(world.dice.between(0, revision));
            case 2 -> Precondition.absent();
            default -> Precondition.NONE;
        };
    }

    /** Looks at the answers that were given since it last looked. */
    void check() {
        for (Waiting one : waiting) {
            switch (one.answer.state()) {
                case RUNNING -> {}
                case SUCCESS -> accepted(one.batch, one.answer.resultNow());
                case FAILED -> refused(one.answer.exceptionNow());
                case CANCELLED -> throw new Violation("a write was cancelled");
            }
        }
        waiting.removeIf(one -> one.answer.isDone());
    }

    private void accepted(Batch batch, Done done) {
        lastWasAccepted = true;
        switch (done) {
            case Done.Now now -> {
                now.outcomes().forEach(this::accepted);
                together(now.outcomes());
                remember(batch, now.outcomes().toString(), true);
            }
            case Done.Before before -> remember(batch, before.answer(), false);
        }
    }

    /** What may be repeated is done once, whatever happens in between, and answered alike. */
    private void remember(Batch batch, String answer, boolean isFirst) {
        Once once = batch.once();
        if (once != null) {
            String known = answers.put(once.key(), answer);
            unless(known == null || !isFirst, "%s was done twice: %s, %s", once, known, answer);
            unless(known == null || known.equals(answer), "%s: %s, %s", once, known, answer);
        }
    }

    /** The changes of a batch follow one another and know the last one. */
    private static void together(List<Outcome> outcomes) {
        List<Change> changes = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Changed(Change change)) {
                changes.add(change);
            }
        }
        if (changes.isEmpty()) {
            return;
        }
        long first = changes.getFirst().revision();
        long last = first + changes.size() - 1;
        Change.Batch due = changes.size() == 1 ? null : new Change.Batch(first, last);
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            unless(
                    change.revision() == first + i && Objects.equals(change.batch(), due),
                    "%s is not number %d of %s",
                    change,
                    i,
                    due);
        }
    }

    private void accepted(Outcome outcome) {
        switch (outcome) {
            case Outcome.Changed changed -> {
                long revision = changed.change().revision();
                unless(
                        revision <= world.history.head()
                                && world.history.get(revision).equals(changed.change()),
                        "revision %d was acknowledged and is not durable",
                        revision);
                unless(!acknowledged.get((int) revision), "%d was given twice", revision);
                acknowledged.set((int) revision);
            }
            case Outcome.Unchanged unchanged -> {
                long revision = unchanged.resource().revision();
                unless(
                        revision <= world.history.head()
                                && unchanged
                                        .resource()
                                        .equals(world.history.get(revision).after()),
                        "what revision %d left was answered and is not durable",
                        revision);
            }
        }
    }

    private void refused(Throwable failure) {
        lastWasAccepted = false;
        unless(
                failure instanceof Problem problem && REFUSALS.contains(problem.type()),
                "a write failed: %s",
                failure);
    }

    /** Whether the store takes writes, those that wait and one that hardly anybody watches. */
    boolean isAccepted(Node node) {
        var edit = new Edit.Replace(bodies.next());
        if (waiting.isEmpty()) {
            var write = new Write(Places.ELSEWHERE, "1", edit, Precondition.NONE, null);
            submit(node, Batch.alone(write, null));
        }
        node.commit();
        boolean areAnswered = waiting.stream().allMatch(one -> one.answer.isDone());
        check();
        return areAnswered && lastWasAccepted;
    }

    /** Nobody answers those that wait any more. */
    void crash() {
        waiting.clear();
    }
}
