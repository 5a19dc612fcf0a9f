package dev.genstore.store;

/**
 * What {@link Ledger#cut} did.
 *
 * <p>Immutable.
 *
 * @param through up to where the collection has nothing left to cut
 * @param count how many changes were cut
 */
public record CutStep(long through, int count) {}
