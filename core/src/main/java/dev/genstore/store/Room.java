package dev.genstore.store;

import java.util.HashSet;
import java.util.Set;

/**
 * How many collections may have something, those included that ask for it in the open transaction:
 * nobody knows of these yet.
 *
 * <p>Confined to the writer thread.
 */
final class Room {
    private final int countMax;
    private final Set<String> asking = new HashSet<>();

    Room(int countMax) {
        this.countMax = countMax;
    }

    /** A transaction begins. */
    void begin() {
        asking.clear();
    }

    /** Whether there is room for one more beside those that have it; it counts from now on. */
    boolean takes(String collection, Set<String> known) {
        if (known.contains(collection) || asking.contains(collection)) {
            return true;
        }
        boolean hasRoom = known.size() + asking.size() < countMax;
        return hasRoom && asking.add(collection);
    }
}
