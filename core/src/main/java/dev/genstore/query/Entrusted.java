package dev.genstore.query;

/**
 * Something that many work with, each in his own name.
 *
 * @param <C> what each of them works with
 */
@FunctionalInterface
public interface Entrusted<C> {
    /** The same for somebody, who can do and see there what he may. */
    C as(Authority by);
}
