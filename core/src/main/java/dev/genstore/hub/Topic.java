package dev.genstore.hub;

import dev.genstore.query.Fields;
import dev.genstore.query.Filter;
import dev.genstore.query.Selection;
import dev.genstore.query.Top;
import dev.genstore.resource.Target;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * What follows one target through one filter, or the first of what that lets through: the feeds that
 * tell it, and those who wait for its next change. A filter is tried once, however many forms it is told in.
 *
 * <p>Guarded by the hub's lock, but for {@link #wakeWaiters} and {@link #isShown}.
 */
final class Topic {
    private final Target target;
    private final Key key;
    private final @Nullable LiveRanking ranking;
    private final Map<Form, Feed> feeds = LinkedHashMap.newLinkedHashMap(1);
    private final List<Runnable> waiters = new CopyOnWriteArrayList<>();

    /** Where the index has it. */
    List<Place> places = List.of();

    /**
     * What distinguishes the topics of one target.
     *
     * @param top which of those that the filter lets through; null for all of them
     */
    record Key(Filter filter, @Nullable Top top) {
        static Key of(Selection selection) {
            return new Key(selection.filter(), selection.top());
        }

        /** Whether it is all of the target. */
        boolean isAll() {
            return top == null && filter.isAll();
        }

        Selection selection(Target target) {
            return new Selection(target, filter, Fields.ALL, top);
        }
    }

    private record Form(Watch watch, Framing framing) {}

    /** That a topic is found somewhere. */
    static final class Place {
        private final Topic topic;
        private final List<Place> among;
        private int index;

        private Place(Topic topic, List<Place> among) {
            this.topic = topic;
            this.among = among;
            this.index = among.size();
        }

        Topic topic() {
            return topic;
        }

        /** Puts the last one into the gap. */
        void leave() {
            Place last = among.removeLast();
            if (last != this) {
                among.set(index, last);
                last.index = index;
            }
        }
    }

    /**
     * Nobody follows it yet.
     *
     * @param ranking what a live window shows; null where it is none
     */
    Topic(Target target, Key key, @Nullable LiveRanking ranking) {
        this.target = target;
        this.key = key;
        this.ranking = ranking;
    }

    Target target() {
        return target;
    }

    Key key() {
        return key;
    }

    Filter filter() {
        return key.filter();
    }

    /** What it shows, if it is a live window. It has its own lock. */
    @Nullable LiveRanking ranking() {
        return ranking;
    }

    /** Whether it is known what it shows. */
    boolean isShown() {
        return ranking == null || ranking.isPresent();
    }

    /** The hub passes over changes. */
    void lose() {
        if (ranking != null) {
            ranking.lose();
        }
    }

    /** It is not told of anything any more. */
    void close() {
        if (ranking != null) {
            ranking.close();
        }
    }

    /** Puts it with others, from where it can go at no cost however many there are. */
    Place join(List<Place> among) {
        var place = new Place(this, among);
        among.add(place);
        return place;
    }

    Feed feed(Watch watch, Framing framing, Supplier<Feed> make) {
        return feeds.computeIfAbsent(new Form(watch, framing), form -> make.get());
    }

    /** Whether a feed tells this watch, in whatever form. */
    boolean tells(Watch watch) {
        return feeds.keySet().stream().anyMatch(form -> form.watch.equals(watch));
    }

    void remove(Feed feed) {
        feeds.remove(new Form(feed.watch(), feed.framing()));
    }

    Collection<Feed> feeds() {
        return feeds.values();
    }

    List<Runnable> waiters() {
        return waiters;
    }

    /** Any thread may do it. */
    void wakeWaiters() {
        waiters.forEach(Runnable::run);
    }

    boolean isUnused() {
        return feeds.isEmpty() && waiters.isEmpty();
    }
}
