package dev.genstore.hub;

import dev.genstore.query.Document;
import dev.genstore.query.Place;
import dev.genstore.query.Selection;
import dev.genstore.query.Top;
import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a live window shows at one revision, and the few resources behind it that may move up. It goes
 * from change to change, and says of each what that does to the window: one resource may enter for
 * another that leaves.
 *
 * <pre>
 *      shown      │      spare      │ not known
 *   1 2 3 … limit │ limit+1 …       │
 *                                  end
 * </pre>
 *
 * <p>What moves behind the end is forgotten. When nothing is left to move up, though there may be
 * something behind the end, it is exhausted: it can't say any more what is shown, and a new one has to
 * be read.
 *
 * <p>Confined to one thread at a time.
 */
final class Ranking {
    /** So many are known behind those that are shown, when it is new: a part of these, or some. */
    private static final int SPARE_PART = 4;

    private static final int SPARE_MIN = 16;

    /** When there are so many times as many, those behind are forgotten. */
    private static final int SPARE_TIMES_MAX = 2;

    private final Selection selection;
    private final Top top;
    private final NavigableMap<Place, Resource> shown;
    private final NavigableMap<Place, Resource> spare;
    private final Map<String, Place> places = new HashMap<>();

    /** Up to there all resources are known; null when there are no others. */
    private @Nullable Place end;

    private long revision;
    private long weightBytes;
    private boolean isExhausted;

    /**
     * What is there at a revision.
     *
     * @param first the first resources of the order, one more than are shown if there is one
     * @param end the place of the last of them; null when there are no others
     */
    Ranking(Selection selection, long revision, List<Resource> first, @Nullable Place end) {
        this.selection = selection;
        this.top = Objects.requireNonNull(selection.top(), "top");
        Comparator<Place> order = top.sort().order();
        this.shown = new TreeMap<>(order);
        this.spare = new TreeMap<>(order);
        this.revision = revision;
        this.end = end;
        first.forEach(resource -> putIn(top.sort().place(resource), resource));
        balance("");
    }

    /** How many resources are known behind those that are shown, when it is new. */
    static int spare(int limit) {
        return Math.max(SPARE_MIN, limit / SPARE_PART);
    }

    /** The last change that it has seen. */
    long revision() {
        return revision;
    }

    /** About how much memory its resources take. */
    long weightBytes() {
        return weightBytes;
    }

    /** Whether it does not know any more what is shown. */
    boolean isExhausted() {
        return isExhausted;
    }

    /** Whether it will soon be exhausted. */
    boolean isLow() {
        return end != null && spare.size() < spare(top.limit()) / 2;
    }

    /** What is shown, in order. */
    List<Resource> shown() {
        return List.copyOf(shown.values());
    }

    /**
     * What the next change does to what is shown: nothing, one thing, or that first one leaves and then
     * one enters. When it is exhausted by it, that is not known.
     */
    List<Sight> see(Transition transition) {
        revision = transition.revision();
        Change change = transition.change();
        Place is = place(transition);
        Place was = selection.target().covers(change.collection(), change.id())
                ? places.get(change.id())
                : null;
        if (was == null && is == null) {
            return List.of();
        }
        boolean wasShown = was != null && shown.containsKey(was);
        if (was != null) {
            takeOut(change.id(), was);
        }
        if (is != null) {
            putIn(is, Objects.requireNonNull(change.after()));
        }
        Resource moved = balance(change.id());
        boolean isShown = is != null && shown.containsKey(is);
        forgetSome();
        return sights(transition, wasShown, isShown, moved);
    }

    private @Nullable Place place(Transition transition) {
        Sight seen = transition.seenThrough(selection.target(), selection.filter());
        Document after = transition.after();
        return seen == null || seen.kind() == Change.Kind.DELETED || after == null
                ? null
                : top.sort().place(after);
    }

    private void takeOut(String id, Place place) {
        places.remove(id);
        Resource gone = shown.remove(place);
        gone = gone == null ? spare.remove(place) : gone;
        weightBytes -= Objects.requireNonNull(gone).weightBytes();
    }

    private void putIn(Place place, Resource resource) {
        if (!shown.isEmpty() && isBefore(place, shown.lastKey())) {
            shown.put(place, resource);
        } else if (end == null || !isBefore(end, place)) {
            spare.put(place, resource);
        } else {
            return;
        }
        places.put(resource.id(), place);
        weightBytes += resource.weightBytes();
    }

    private boolean isBefore(Place left, Place right) {
        return top.sort().order().compare(left, right) < 0;
    }

    /** Moves up or down what has to; returns the resource that moved, unless it is the one named. */
    private @Nullable Resource balance(String id) {
        Resource moved = null;
        while (shown.size() > top.limit()) {
            moved = move(shown.pollLastEntry(), spare, id, moved);
        }
        while (shown.size() < top.limit() && !spare.isEmpty()) {
            moved = move(spare.pollFirstEntry(), shown, id, moved);
        }
        isExhausted = shown.size() < top.limit() && end != null;
        return moved;
    }

    private static @Nullable Resource move(
            Map.Entry<Place, Resource> entry,
            NavigableMap<Place, Resource> to,
            String id,
            @Nullable Resource moved) {
        to.put(entry.getKey(), entry.getValue());
        return entry.getValue().id().equals(id) ? moved : entry.getValue();
    }

    private void forgetSome() {
        int keep = spare(top.limit());
        if (spare.size() <= SPARE_TIMES_MAX * keep) {
            return;
        }
        while (spare.size() > keep) {
            Resource last = spare.pollLastEntry().getValue();
            places.remove(last.id());
            weightBytes -= last.weightBytes();
        }
        end = spare.lastKey();
    }

    private static List<Sight> sights(
            Transition transition, boolean wasShown, boolean isShown, @Nullable Resource moved) {
        if (wasShown && isShown) {
            return List.of(new Sight(transition, Change.Kind.UPDATED));
        }
        if (wasShown) {
            var left = new Sight(transition, Change.Kind.DELETED);
            return moved == null
                    ? List.of(left)
                    : List.of(left, new Sight(transition, Change.Kind.CREATED, moved));
        }
        if (isShown) {
            var entered = new Sight(transition, Change.Kind.CREATED);
            return moved == null
                    ? List.of(entered)
                    : List.of(new Sight(transition, Change.Kind.DELETED, moved), entered);
        }
        return List.of();
    }
}
