package dev.genstore.store;

import dev.genstore.resource.Change;
import dev.genstore.resource.Json;
import dev.genstore.resource.Names;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the writes of one batch will do, decided before any of it is written. So a batch that is
 * refused leaves nothing behind, and each of its changes knows the last one.
 *
 * <p>Confined to one transaction.
 */
final class Plan {
    private final Stored stored;
    private final Admission admission;
    private final Permission permission;
    private final long head;
    private final long timeMillis;

    /** What the writes so far make of the resources that they are about, by path. */
    private final Map<String, Optional<Resource>> made = new HashMap<>();

    private final List<Outcome> outcomes = new ArrayList<>();
    private int changeCount;
    private long weightBytes;
    private long costBytes;

    /** The resources as they are before the batch. */
    @FunctionalInterface
    interface Stored {
        @Nullable Resource find(String collection, String id);
    }

    /**
     * Nothing yet.
     *
     * @param admission decides what may be stored
     * @param permission decides what may be done
     * @param head the revision before the first one of the batch
     * @param timeMillis when its changes are made
     */
    Plan(Stored stored, Admission admission, Permission permission, long head, long timeMillis) {
        this.stored = stored;
        this.admission = admission;
        this.permission = permission;
        this.head = head;
        this.timeMillis = timeMillis;
    }

    /**
     * Decides all writes.
     *
     * @return what will become of each
     * @throws Problem when one of them is refused; of a list it says which
     */
    List<Outcome> decide(Batch batch) {
        for (Write write : batch.writes()) {
            try {
                outcomes.add(decide(write));
            } catch (Problem problem) {
                throw batch.isList() ? at(outcomes.size(), problem) : problem;
            }
        }
        admission.settle();
        return changeCount < 2 ? outcomes : together();
    }

    /** What was read and made so far, refused or not, as far as its client may be told of it. */
    long costBytes() {
        return costBytes;
    }

    /** A problem that has a place has it in the body of its write. */
    static Problem at(int index, Problem problem) {
        return problem.inside("/" + index + (problem.errors().isEmpty() ? "" : "/body"));
    }

    private Outcome decide(Write write) {
        String path = write.collection() + '/' + write.id();
        Optional<Resource> known = made.get(path);
        Resource before =
                known == null ? stored.find(write.collection(), write.id()) : known.orElse(null);
        permission.requireSight(write, before);
        costBytes += Permission.told(write, before);
        Json members =
                permission.permit(write, before, draft -> resource(write, before, draft, next()));
        if (before != null && members != null && members.saysTheSameAs(own(before))) {
            weigh(before, before);
            return new Outcome.Unchanged(before);
        }
        Change change = change(write, before, admit(write, members));
        weigh(before, change.after());
        costBytes += weight(change.after());
        made.put(path, Optional.ofNullable(change.after()));
        return new Outcome.Changed(change);
    }

    /** What a client has written of it. */
    private static Json own(Resource resource) {
        return resource.collection().equals(Names.DEFINITIONS)
                ? Building.without(resource.members())
                : resource.members();
    }

    /** What is stored of these members. */
    private @Nullable Json admit(Write write, @Nullable Json members) {
        if (members == null) {
            admission.delete(write);
            return null;
        }
        return admission.check(outcomes.size(), write, members, made.values());
    }

    private Change change(Write write, @Nullable Resource before, @Nullable Json members) {
        long revision = next();
        changeCount++;
        Resource after = members == null ? null : resource(write, before, members, revision);
        return new Change(
                revision, timeMillis, before, after, write.origin(), write.traceparent(), null);
    }

    private long next() {
        return head + changeCount + 1;
    }

    private Resource resource(Write write, @Nullable Resource before, Json members, long revision) {
        long createdMillis = before == null ? timeMillis : before.createdMillis();
        return new Resource(
                write.collection(), write.id(), revision, createdMillis, timeMillis, members);
    }

    private void weigh(@Nullable Resource before, @Nullable Resource after) {
        weightBytes += weight(before) + weight(after);
        if (weightBytes > Batch.WEIGHT_MAX && !outcomes.isEmpty()) {
            throw ProblemType.BODY_TOO_LARGE.because(
                    "The resources before and after all writes of a batch have at most "
                            + Batch.WEIGHT_MAX + " bytes; make several batches of it.");
        }
    }

    private static long weight(@Nullable Resource resource) {
        return resource == null ? 0 : resource.weightBytes();
    }

    private List<Outcome> together() {
        var batch = new Change.Batch(head + 1, head + changeCount);
        return outcomes.stream().map(outcome -> in(batch, outcome)).toList();
    }

    private static Outcome in(Change.Batch batch, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Changed changed -> new Outcome.Changed(changed.change().in(batch));
            case Outcome.Unchanged unchanged -> unchanged;
        };
    }
}
