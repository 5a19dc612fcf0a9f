package dev.genstore.query;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/**
 * One evaluation of a condition: the resource, the elements that loops stand at, and the steps that
 * are left. Confined to one thread.
 */
final class Scope {
    /** How many steps are taken between two pauses: some ten microseconds. */
    private static final int STEPS_BETWEEN = 4_096;

    private static final @Nullable JsonNode[] NO_LOOPS = {};

    /** Steps left are never as few. */
    private static final long NEVER = -1;

    private final Document document;
    private final Runnable pause;
    private @Nullable JsonNode[] variables = NO_LOOPS;
    private long stepsLeft;
    private long pauseBelow;

    Scope(Document document, long steps) {
        this(document, steps, NEVER, () -> {});
    }

    private Scope(Document document, long steps, long pauseBelow, Runnable pause) {
        this.document = document;
        this.stepsLeft = steps;
        this.pauseBelow = pauseBelow;
        this.pause = pause;
    }

    /** An evaluation with the steps that a resource may cost. */
    static Scope of(Document document) {
        return new Scope(document, stepsMax(document));
    }

    /** The same, with pauses in which may be thrown. */
    static Scope of(Document document, Runnable pause) {
        long steps = stepsMax(document);
        return new Scope(document, steps, steps - STEPS_BETWEEN, pause);
    }

    private static long stepsMax(Document document) {
        return FilterLimits.STEPS_MAX
                + (long) FilterLimits.STEPS_PER_BYTE_MAX * document.lengthBytes();
    }

    Document document() {
        return document;
    }

    @Nullable JsonNode variable(int level) {
        return variables[level];
    }

    void stand(int level, JsonNode element) {
        if (variables.length == 0) {
            variables = new JsonNode[FilterLimits.LOOPS_MAX];
        }
        variables[level] = element;
    }

    /**
     * Takes steps away.
     *
     * @throws OutOfSteps when there are not as many
     */
    void spend(long steps) {
        stepsLeft -= steps;
        if (stepsLeft < 0) {
            throw new OutOfSteps();
        }
        if (stepsLeft < pauseBelow) {
            pauseBelow = stepsLeft - STEPS_BETWEEN;
            pause.run();
        }
    }

    long stepsLeft() {
        return stepsLeft;
    }

    /** Ends an evaluation; no {@code &&} or {@code ||} absorbs it. It is an outcome and no bug. */
    static final class OutOfSteps extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutOfSteps() {
            super("too many steps", null, false, false);
        }
    }
}
