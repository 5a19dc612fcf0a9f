package dev.genstore.store;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How many collections may have something. What the open transaction gives and takes counts, of
 * batches that were accepted, though nobody knows of it yet.
 *
 * <p>Confined to the writer thread.
 */
final class Room {
    private final int countMax;
    private final Set<String> having = new HashSet<>();
    private final Set<String> without = new HashSet<>();

    Room(int countMax) {
        this.countMax = countMax;
    }

    /** A transaction begins. */
    void begin() {
        having.clear();
        without.clear();
    }

    /** A batch was accepted, which has left a collection so. */
    void define(String collection, boolean has) {
        (has ? having : without).add(collection);
        (has ? without : having).remove(collection);
    }

    /**
     * The first collection for which there is no room, when a batch has defined these; null when there
     * is for all. What it takes from some is there for others.
     *
     * @param known those that had it before the transaction
     */
    @Nullable String refused(Map<String, Definition> defined, Predicate<Definition> has, Set<String> known) {
        Set<String> all = new HashSet<>(known);
        all.removeAll(without);
        all.addAll(having);
        Set<String> before = Set.copyOf(all);
        defined.forEach((name, definition) -> {
            if (!has.test(definition)) {
                all.remove(name);
            }
        });
        for (Map.Entry<String, Definition> each : defined.entrySet()) {
            boolean isNew = has.test(each.getValue()) && !before.contains(each.getKey());
            if (isNew && all.size() >= countMax) {
                return each.getKey();
            }
            if (isNew) {
                all.add(each.getKey());
            }
        }
        return null;
    }
}
