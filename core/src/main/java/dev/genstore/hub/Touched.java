package dev.genstore.hub;

import java.util.LinkedHashSet;
import java.util.Set;

/** Those who are to be woken when some changes have been told. Confined to the hub's thread. */
final class Touched {
    private final Set<Feed> feeds = new LinkedHashSet<>();
    private final Set<Topic> topics = new LinkedHashSet<>();

    /** Under the hub's lock. */
    void add(Topic topic) {
        feeds.addAll(topic.feeds());
        topics.add(topic);
    }

    /** Without it: those who are woken may want it. */
    void wake() {
        feeds.forEach(Feed::wake);
        topics.forEach(Topic::wakeWaiters);
    }
}
