package dev.genstore.hub;

import dev.genstore.query.Filter;
import dev.genstore.resource.Target;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * What follows one target through one filter: the feeds that tell it, and those who wait for its next
 * change. A filter is tried once, however many forms it is told in.
 *
 * <p>Guarded by the hub's lock, but for {@link #wakeWaiters}.
 */
final class Topic {
    private final Target target;
    private final Filter filter;
    private final Map<Form, Feed> feeds = LinkedHashMap.newLinkedHashMap(1);
    private final List<Runnable> waiters = new CopyOnWriteArrayList<>();

    /** Where the index has it. */
    List<Place> places = List.of();

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

    Topic(Target target, Filter filter) {
        this.target = target;
        this.filter = filter;
    }

    Target target() {
        return target;
    }

    Filter filter() {
        return filter;
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
