package dev.genstore.checks.simulation;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The simulated threads, of which one runs. It can be interrupted where real threads share something:
 * then others do a few steps before it goes on, and they can be interrupted, too. So this is a stack
 * of threads in the middle of something, and nobody in it can begin anything else.
 */
final class Stage {
    static final Object WRITER = "writer";
    static final Object HUB = "hub";

    private static final int DEPTH_MAX = 3;
    private static final int STEPS_MAX = 4;

    private final Dice dice;
    private final int interruptPercent;
    private final List<Object> running = new ArrayList<>();
    private Runnable step = () -> {};
    private int locks;
    private boolean isCalm;
    private @Nullable AssertionError failure;

    Stage(Dice dice, int interruptPercent) {
        this.dice = dice;
        this.interruptPercent = interruptPercent;
    }

    /** What the others do when one is interrupted. */
    void onInterrupt(Runnable oneStep) {
        step = oneStep;
    }

    /** The first promise that was broken, whatever the real parts have made of it, or else this. */
    Throwable cause(Throwable thrown) {
        return failure == null ? thrown : failure;
    }

    /** Throws the first promise that was broken, in case a real part has caught it. */
    void rethrow() {
        if (failure != null) {
            throw failure;
        }
    }

    /** Does something during which nobody is interrupted. */
    void calmly(Runnable work) {
        boolean wasCalm = isCalm;
        isCalm = true;
        work.run();
        isCalm = wasCalm;
    }

    int depth() {
        return running.size();
    }

    boolean isFree(Object thread) {
        return !running.contains(thread);
    }

    boolean runs(Object thread) {
        return !running.isEmpty() && running.getLast().equals(thread);
    }

    /** Whether nobody was interrupted with the hub's lock in hand. */
    boolean isUnlocked() {
        return locks == 0;
    }

    void run(Object thread, Runnable work) {
        running.add(thread);
        try {
            work.run();
        } finally {
            running.removeLast();
        }
    }

    /** The same for what holds the hub's lock at places where it could be interrupted. */
    void runLocked(Object thread, Runnable work) {
        calmly(() -> run(thread, work));
    }

    /** A place where the running thread may be interrupted. */
    void interrupt() {
        boolean can = !running.isEmpty() && running.size() < DEPTH_MAX && !isCalm;
        if (can && dice.chance(interruptPercent)) {
            for (int left = dice.between(1, STEPS_MAX); left > 0; left--) {
                noting(step);
            }
        }
    }

    /** Remembers a promise that is broken inside a real part, which may make something else of it. */
    void noting(Runnable work) {
        try {
            work.run();
        } catch (AssertionError broken) {
            failure = failure == null ? broken : failure;
            throw broken;
        }
    }

    /** The same for a place under the hub's lock. */
    void interruptUnderLock() {
        locks++;
        interrupt();
        locks--;
    }
}
