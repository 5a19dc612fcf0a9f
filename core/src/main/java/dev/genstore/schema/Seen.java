package dev.genstore.schema;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/**
 * Which members or elements of a value some keyword has looked at; {@code unevaluatedProperties} and
 * {@code unevaluatedItems} are about the others. Confined to one check.
 */
final class Seen {
    /** Where nobody asks, nothing is remembered. */
    static final Seen UNASKED = new Seen(false);

    private final boolean remembers;
    private final Set<String> members = new HashSet<>(0);
    private final BitSet elements = new BitSet(0);

    private Seen(boolean remembers) {
        this.remembers = remembers;
    }

    /** Nothing yet. */
    static Seen nothing() {
        return new Seen(true);
    }

    void member(String name) {
        if (remembers) {
            members.add(name);
        }
    }

    boolean hasMember(String name) {
        return members.contains(name);
    }

    void element(int index) {
        if (remembers) {
            elements.set(index);
        }
    }

    /** The elements before this one. */
    void elementsBelow(int index) {
        if (remembers) {
            elements.set(0, index);
        }
    }

    boolean hasElement(int index) {
        return elements.get(index);
    }

    void add(Seen other) {
        if (remembers) {
            members.addAll(other.members);
            elements.or(other.elements);
        }
    }
}
