package dev.genstore.store;

/**
 * What is known of a collection.
 *
 * @param name its name
 * @param count how many resources it has
 * @param revision the last change in it
 */
public record CollectionState(String name, long count, long revision) {}
