package dev.genstore.hub;

import java.util.List;
import java.util.function.Consumer;

/**
 * Goes round a list, a slice at each call, so that nobody waits for long. It goes from the end to the
 * beginning: where elements are removed by putting the last one into the gap, one that goes moves
 * only one that was visited already.
 *
 * <p>Confined to one thread.
 *
 * @param <T> what is visited
 */
public final class Rounds<T> {
    private static final int SLICES = 4;

    private final List<T> elements;
    private final int sliceMin;
    private int next;

    /**
     * Rounds over this list.
     *
     * @param sliceMin how many are visited at each call at least; beyond that it is a quarter of all
     */
    public Rounds(List<T> elements, int sliceMin) {
        this.elements = elements;
        this.sliceMin = sliceMin;
    }

    /**
     * Visits the next slice.
     *
     * @return whether that was the end of a round
     */
    public boolean visit(Consumer<T> visitor) {
        if (next <= 0) {
            next = elements.size();
        }
        int count = Math.max(sliceMin, elements.size() / SLICES + 1);
        for (int i = 0; i < count && next > 0; i++) {
            next = Math.min(next, elements.size()) - 1;
            if (next >= 0) {
                visitor.accept(elements.get(next));
            }
        }
        return next <= 0;
    }
}
