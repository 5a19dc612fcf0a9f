package dev.genstore.client;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.Optional;

/** It is not as a write has expected: somebody else was there before. */
public final class Conflict extends Problem {
    private static final long serialVersionUID = 1;

    private final transient @Nullable Stored<JsonNode> current;

    Conflict(Problem problem, @Nullable Stored<JsonNode> current) {
        super(
                problem.status(),
                problem.type(),
                String.valueOf(problem.getMessage()),
                problem.faults(),
                problem.retryAfter());
        this.current = current;
    }

    /** What is there now; empty where it is gone. */
    public Optional<Stored<JsonNode>> current() {
        return Optional.ofNullable(current);
    }
}
