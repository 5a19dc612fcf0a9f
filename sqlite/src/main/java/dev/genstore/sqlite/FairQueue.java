package dev.genstore.sqlite;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.concurrent.Executor;

/**
 * Tasks that wait for threads, by whose they are: all clients have their turns, one after the other,
 * and of one client the first task comes first. So nobody waits for more than one task of each other
 * client, however many those have (fair queuing, RFC 970).
 *
 * <p>Thread-safe.
 */
final class FairQueue {
    private final Executor threads;

    /** Of each client that waits what he waits for; whose turn is next comes first. */
    @GuardedBy("this") private final SequencedMap<Object, Queue<Runnable>> waiting = new LinkedHashMap<>();

    FairQueue(Executor threads) {
        this.threads = threads;
    }

    /**
     * Has a task run when it is its turn.
     *
     * @throws java.util.concurrent.RejectedExecutionException when the threads take no more
     */
    synchronized void add(Object client, Runnable task) {
        threads.execute(() -> next().run());
        waiting.computeIfAbsent(client, one -> new ArrayDeque<>()).add(task);
    }

    /** There is one for each thread that asks, as none was handed in without a task. */
    private synchronized Runnable next() {
        var first = waiting.pollFirstEntry();
        Queue<Runnable> tasks = first.getValue();
        Runnable task = tasks.remove();
        if (!tasks.isEmpty()) {
            waiting.putLast(first.getKey(), tasks);
        }
        return task;
    }
}
