package dev.genstore.checks.contract;

import dev.genstore.checks.harness.Field;

import java.util.List;

/**
 * A row of a table: requests with their answers, and the events that must follow of them all.
 *
 * <p>Immutable.
 *
 * @param name what it shows
 * @param steps the requests, in order
 * @param events what a watcher of {@code /api} must be told, in order, and nothing else
 */
record Scenario(String name, List<Step> steps, List<String> events) {

    /**
     * One request and what its answer must be.
     *
     * @param answer the status, perhaps with the problem's slug, and then header fields; when it is
     *     empty the request must succeed
     * @param has what the body must contain
     * @param lacks what the body must not contain
     */
    record Step(
            String method,
            String target,
            List<Field> headers,
            String body,
            List<String> answer,
            List<String> has,
            List<String> lacks) {}

    @Override
    public String toString() {
        return name;
    }
}
