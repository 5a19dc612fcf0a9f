package dev.genstore.store;

/**
 * What is known of a collection.
 *
 * @param name its name
 * @param count how many resources it has; -1 where that is not told
 * @param revision the last change in it; -1 where that is not told
 */
public record CollectionState(String name, long count, long revision) {
    private static final long UNTOLD = -1;

    /** One of which nothing but its name is told. */
    public static CollectionState named(String name) {
        return new CollectionState(name, UNTOLD, UNTOLD);
    }

    /** Whether it is told how much there is. */
    public boolean isTold() {
        return count != UNTOLD;
    }
}
