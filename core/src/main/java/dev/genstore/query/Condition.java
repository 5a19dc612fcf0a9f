package dev.genstore.query;

/** A term that has been made ready to be tested. Thread-safe: immutable. */
@FunctionalInterface
interface Condition {
    Truth test(Scope scope);
}
