package dev.genstore.query;

/** Makes conditions of what clients write. Thread-safe. */
@FunctionalInterface
public interface FilterCompiler {
    /**
     * The condition that this expression says.
     *
     * @throws dev.genstore.resource.Problem 400 {@code invalid-filter} that says where it is wrong
     */
    Filter compile(String expression);
}
