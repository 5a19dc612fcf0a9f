package dev.genstore.query;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/**
 * One evaluation of a condition: the resource, the elements that loops stand at, and the steps that
 * are left. Confined to one thread.
 */
final class Scope {
    private static final @Nullable JsonNode[] NO_LOOPS = {};

    private final Document document;
    private @Nullable JsonNode[] variables = NO_LOOPS;
    private long stepsLeft;

    Scope(Document document, long steps) {
        this.document = document;
        this.stepsLeft = steps;
    }

    /** An evaluation with the steps that a resource may cost. */
    static Scope of(Document document) {
        return new Scope(
                document,
                FilterLimits.STEPS_MAX
                        + (long) FilterLimits.STEPS_PER_BYTE_MAX * document.lengthBytes());
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
