package dev.genstore.query;

import dev.genstore.resource.Resource;

import java.util.Locale;

/**
 * What a filter comes to of a resource, as nobody else is told: a false and an error apart, and what it
 * has cost.
 *
 * @param outcome true, false or error
 * @param steps that were spent
 * @param isOutOfSteps whether it would have cost more than it may
 */
public record Judgement(String outcome, long steps, boolean isOutOfSteps) {
    /** Tries a filter. */
    public static Judgement of(Filter filter, Resource resource) {
        var scope = Scope.of(new Document(resource));
        long before = scope.stepsLeft();
        String outcome = filter.truth(scope).name().toLowerCase(Locale.ROOT);
        return new Judgement(outcome, before - scope.stepsLeft(), scope.stepsLeft() < 0);
    }
}
