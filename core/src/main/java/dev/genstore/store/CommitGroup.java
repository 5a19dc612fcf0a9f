package dev.genstore.store;

import dev.genstore.resource.Problem;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * The batches that share a commit. A write of a few bytes may read and make megabytes, so a commit is
 * full when it is heavy as well as when it has many writes: the others have the next one.
 *
 * <p>Confined to the writer thread.
 */
final class CommitGroup {
    /**
     * From how many bytes on of resources, before and after, a commit takes no further batch. What was
     * read for those that are refused counts, too.
     */
    static final long WEIGHT_MAX = 32L << 20;

    private final int countMax;

    /** Those that were taken and have had no turn yet. */
    private final Queue<Waiting> taken = new ArrayDeque<>();

    /** Those of the open commit. */
    private final List<Waiting> sharing = new ArrayList<>();

    private long weightBytes;

    /**
     * An empty one.
     *
     * @param countMax from how many writes on it takes no more
     */
    CommitGroup(int countMax) {
        this.countMax = countMax;
    }

    /** Takes those that wait, up to the bound. */
    void take(Queue<Waiting> queue) {
        int writes = 0;
        for (Waiting each : taken) {
            writes += each.batch.writes().size();
        }
        Waiting next = writes < countMax ? queue.poll() : null;
        while (next != null) {
            taken.add(next);
            writes += next.batch.writes().size();
            next = writes < countMax ? queue.poll() : null;
        }
    }

    /** Whether nobody waits for a turn. */
    boolean isEmpty() {
        return taken.isEmpty();
    }

    /** How many have had or will have their turn. */
    int size() {
        return sharing.size() + taken.size();
    }

    /** A transaction begins. */
    void begin() {
        weightBytes = 0;
    }

    /** A resource was read or made in it. */
    void weigh(@Nullable Resource resource) {
        weightBytes += resource == null ? 0 : resource.weightBytes();
    }

    /** Gives each its turn, at least one, until the commit is heavy. */
    void decide(Consumer<Waiting> deciding) {
        while (!taken.isEmpty() && (sharing.isEmpty() || weightBytes < WEIGHT_MAX)) {
            Waiting next = taken.remove();
            sharing.add(next);
            deciding.accept(next);
        }
    }

    /** What has happened ends all of them, also those that had no turn. */
    void fail(Problem problem) {
        sharing.addAll(taken);
        taken.clear();
        sharing.forEach(waiting -> waiting.fail(problem));
    }

    /** What was decided is durable, and is told to those who follow it before all others. */
    void durable(long begunNanos) {
        for (Waiting each : sharing) {
            each.durable(sharing.size(), begunNanos);
        }
    }

    /** The transaction is over: those who shared it are told what became of theirs. */
    void tell() {
        sharing.forEach(Waiting::tell);
        sharing.clear();
    }
}
