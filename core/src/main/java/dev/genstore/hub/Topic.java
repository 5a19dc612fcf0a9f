package dev.genstore.hub;

import dev.genstore.resource.Target;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * What follows one target: the feeds that tell it, and those who wait for its next change. Changed
 * under the hub's lock; woken without it.
 */
final class Topic {
    private final Target target;
    private final List<Feed> feeds = new CopyOnWriteArrayList<>();
    private final List<Runnable> waiters = new CopyOnWriteArrayList<>();

    Topic(Target target) {
        this.target = target;
    }

    Target target() {
        return target;
    }

    Feed feed(Watch watch, Framing framing, Supplier<Feed> make) {
        for (Feed feed : feeds) {
            if (feed.watch().equals(watch) && feed.framing().equals(framing)) {
                return feed;
            }
        }
        Feed made = make.get();
        feeds.add(made);
        return made;
    }

    List<Feed> feeds() {
        return feeds;
    }

    List<Runnable> waiters() {
        return waiters;
    }

    void wake() {
        feeds.forEach(Feed::wake);
        waiters.forEach(Runnable::run);
    }

    boolean isUnused() {
        return feeds.isEmpty() && waiters.isEmpty();
    }
}
