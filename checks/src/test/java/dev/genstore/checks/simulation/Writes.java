package dev.genstore.checks.simulation;

import static dev.genstore.checks.simulation.Violation.unless;

import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;
import dev.genstore.store.Edit;
import dev.genstore.store.Outcome;
import dev.genstore.store.Precondition;
import dev.genstore.store.Write;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;

/** Random writes, and the check of what their writers are told. */
final class Writes {
    private static final Set<ProblemType> REFUSALS = Set.of(
            ProblemType.NOT_FOUND,
            ProblemType.ALREADY_EXISTS,
            ProblemType.PRECONDITION_FAILED,
            ProblemType.STORAGE_FULL,
            ProblemType.STORAGE_UNAVAILABLE);

    private final World world;
    private final Bodies bodies;
    private final List<Future<Outcome>> waiting = new ArrayList<>();
    private final BitSet acknowledged = new BitSet();
    private int count;
    private boolean lastWasAccepted;

    Writes(World world) {
        this.world = world;
        this.bodies = new Bodies(world.dice, world.setting.bigPercent());
    }

    /** Submits a write to one of a few resources. */
    boolean submit(Node node) {
        String collection = world.dice.pick(Places.COLLECTIONS);
        String id = world.dice.pick(Places.IDS);
        Resource present = world.history.find(collection, id);
        Edit edit = edit(present);
        String origin = world.dice.chance(40) ? "w" + count++ : null;
        var write = new Write(collection, id, edit, precondition(present), origin);
        world.trace.add(
                "submit " + edit.getClass().getSimpleName() + " of " + collection + "/" + id);
        try {
            waiting.add(node.writer.submit(write));
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
        for (Future<Outcome> answer : waiting) {
            switch (answer.state()) {
                case RUNNING -> {}
                case SUCCESS -> accepted(answer.resultNow());
                case FAILED -> refused(answer.exceptionNow());
                case CANCELLED -> throw new Violation("a write was cancelled");
            }
        }
        waiting.removeIf(Future::isDone);
    }

    private void accepted(Outcome outcome) {
        lastWasAccepted = true;
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
            waiting.add(node.writer.submit(
                    new Write(Places.ELSEWHERE, "1", edit, Precondition.NONE, null)));
        }
        node.commit();
        boolean areAnswered = waiting.stream().allMatch(Future::isDone);
        check();
        return areAnswered && lastWasAccepted;
    }

    /** Nobody answers those that wait any more. */
    void crash() {
        waiting.clear();
    }
}
