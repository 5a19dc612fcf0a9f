package dev.genstore.checks.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Tasks that wait until the simulation runs them. */
final class TaskQueue implements Executor {
    private final List<Runnable> tasks = new ArrayList<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** Takes the one that has waited longest, as an event loop does. */
    Runnable takeFirst() {
        return tasks.removeFirst();
    }

    /** Takes any, as it is when each has a thread of its own. */
    Runnable takeAny(Dice dice) {
        return tasks.remove(dice.between(0, tasks.size() - 1));
    }
}
