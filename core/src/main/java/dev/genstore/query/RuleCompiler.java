package dev.genstore.query;

import dev.genstore.resource.ProblemType;

import java.util.Set;

/** Makes rules of what those write who administer. Thread-safe. */
@FunctionalInterface
public interface RuleCompiler {
    /** Of a store that was put together without one: what needs a rule is refused. */
    RuleCompiler NONE = (expression, names) -> {
        throw ProblemType.INVALID_DEFINITION.at(
                "", "This store was put together without rules; leave it out.");
    };

    /**
     * The rule that this expression says.
     *
     * @param names what it may speak of, such as {@code auth} and {@code resource}
     * @throws dev.genstore.resource.Problem 400 that says where it is wrong
     */
    Rule compile(String expression, Set<String> names);
}
