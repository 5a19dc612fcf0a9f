package dev.genstore.schema;

/** What one or a few keywords of a schema demand. Immutable. */
@FunctionalInterface
interface Rule {
    /** Whether the value fits; what does not is told. */
    boolean fits(Look look);
}
