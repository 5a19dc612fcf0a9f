package dev.genstore.checks.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The steps that there are, of which the next is chosen by chance. */
final class Schedule {
    private static final int TRIES_MAX = 20;

    private final Dice dice;
    private final List<Step> steps = new ArrayList<>();
    private int weight;

    private record Step(int below, BooleanSupplier attempt) {}

    Schedule(Dice dice) {
        this.dice = dice;
    }

    /**
     * Adds a step.
     *
     * @param share how often it is chosen, beside the others
     * @param attempt does it, and says whether there was something to do
     */
    void add(int share, BooleanSupplier attempt) {
        if (share > 0) {
            weight += share;
            steps.add(new Step(weight, attempt));
        }
    }

    /** Does one step that can be done now, if some tries find one. */
    void step() {
        boolean isDone = false;
        for (int tries = 0; !isDone && tries < TRIES_MAX; tries++) {
            isDone = any().attempt.getAsBoolean();
        }
    }

    private Step any() {
        int chosen = dice.between(0, weight - 1);
        return steps.stream().filter(step -> chosen < step.below).findFirst().orElseThrow();
    }
}
