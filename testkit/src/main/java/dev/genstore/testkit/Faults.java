package dev.genstore.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.genstore.store.StorageException;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;

/** What will go wrong in a {@link MemoryStorage}. Thread-safe. */
public final class Faults {
    @GuardedBy("this") private final Map<Step, Queue<RuntimeException>> planned = new EnumMap<>(Step.class);

    @GuardedBy("this") private boolean nextCommitIsOpen;

    /** A call of the storage. */
    public enum Step {
        BEGIN,
        FIND,
        APPEND,
        KEEP,
        TRIM,
        CUT,
        COMMIT,
        RECOVER,
        READ,
        INDEX
    }

    Faults() {}

    /** The next call of this step fails so; planned again, the one behind it does, too. */
    public void failNext(Step step, StorageException.Kind kind) {
        failNext(step, new StorageException(kind, "planned: " + kind + " at " + step, null));
    }

    /** The next call of this step throws this and does nothing. */
    public synchronized void failNext(Step step, RuntimeException failure) {
        planned.computeIfAbsent(step, any -> new ArrayDeque<>()).add(failure);
    }

    /** The next commit fails, and it is open whether its changes are durable. */
    public synchronized void leaveNextCommitOpen() {
        nextCommitIsOpen = true;
    }

    synchronized void check(Step step) {
        Queue<RuntimeException> failures = planned.get(step);
        RuntimeException failure = failures == null ? null : failures.poll();
        if (failure != null) {
            throw failure;
        }
    }

    synchronized boolean takeOpenCommit() {
        boolean open = nextCommitIsOpen;
        nextCommitIsOpen = false;
        return open;
    }
}
