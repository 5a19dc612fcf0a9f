package dev.genstore.hub;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.genstore.changelog.Changelog;
import dev.genstore.changelog.Reading;
import dev.genstore.resource.Change;
import dev.genstore.resource.Target;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Follows the log and appends each change to the feeds of those who watch it. A change costs as much
 * as there are distinct watches that match it, however many watch and whatever else is watched.
 *
 * <p>Thread-safe. {@link #advance} and {@link #heartbeat} are called by one thread, the hub's.
 */
public final class Hub {
    private static final int BATCH_COUNT_MAX = 1_000;
    private static final long BATCH_WEIGHT_MAX = 8 << 20;

    private final Changelog changelog;
    private final InstantSource clock;
    private final Limits limits;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private final Map<Target, Topic> topics = new HashMap<>();

    @GuardedBy("lock") private long windowBytes;

    private volatile long through;

    /**
     * How much a hub keeps.
     *
     * @param feedBytesMax the memory window of one feed; a watcher that falls out of it reads from
     *     the log
     * @param totalBytesMax all windows together; above it the windows that grow are cut to the minimum
     * @param silenceMillis after this time without an event a feed tells {@code synced}
     */
    public record Limits(long feedBytesMax, long totalBytesMax, long silenceMillis) {
        /**
         * 4 MiB a feed, 256 MiB in all but no more than a quarter of what the heap may have, as that is
         * what Java allows outside of it as well; 14 s, so that no watcher hears nothing for 15 s.
         */
        public static final Limits DEFAULT = new Limits(
                4L << 20, Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 4), 14_000);
    }

    public Hub(Changelog changelog, InstantSource clock, Limits limits) {
        this.changelog = changelog;
        this.clock = clock;
        this.limits = limits;
        this.through = changelog.head();
    }

    /** The revision up to which every feed has everything. */
    public long through() {
        return through;
    }

    /** The last revision of the log. */
    public long head() {
        return changelog.head();
    }

    /** Subscribes to the feed of this watch in this form, which begins now if there is none. */
    Feed subscribe(Watch watch, Framing framing, Runnable listener) {
        lock.lock();
        try {
            Topic topic = topics.computeIfAbsent(watch.target(), target -> new Topic());
            Feed feed = topic.feed(watch, framing, () -> newFeed(watch, framing));
            feed.subscribe(listener);
            return feed;
        } finally {
            lock.unlock();
        }
    }

    private Feed newFeed(Watch watch, Framing framing) {
        var encoder = new EventEncoder(changelog.epoch(), watch);
        return new Feed(watch, framing, encoder, this::through, clock);
    }

    /** Ends a subscription; a feed without any is dropped. */
    void unsubscribe(Feed feed, Runnable listener) {
        lock.lock();
        try {
            feed.unsubscribe(listener);
            Topic topic = topics.get(feed.watch().target());
            if (topic != null && feed.isUnused() && topic.feeds().remove(feed)) {
                windowBytes -= feed.log().bytes();
                dropIfUnused(feed.watch().target(), topic);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Has {@code waiter} run, on the hub's thread, whenever something changes in the target. */
    void addWaiter(Target target, Runnable waiter) {
        lock.lock();
        try {
            topics.computeIfAbsent(target, ignored -> new Topic()).waiters().add(waiter);
        } finally {
            lock.unlock();
        }
    }

    void removeWaiter(Target target, Runnable waiter) {
        lock.lock();
        try {
            Topic topic = topics.get(target);
            if (topic != null && topic.waiters().remove(waiter)) {
                dropIfUnused(target, topic);
            }
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock") private void dropIfUnused(Target target, Topic topic) {
        if (topic.isUnused()) {
            topics.remove(target);
        }
    }

    /** How many distinct watches in how many forms are followed. */
    public int feedCount() {
        lock.lock();
        try {
            return topics.values().stream()
                    .mapToInt(topic -> topic.feeds().size())
                    .sum();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Appends the next changes of the log to the feeds and wakes who follows them.
     *
     * @return whether there were any
     * @throws dev.genstore.store.StorageException when they can't be read; nothing is lost, call again
     */
    public boolean advance() {
        if (through == changelog.head()) {
            return false;
        }
        switch (changelog.after(through, BATCH_COUNT_MAX, BATCH_WEIGHT_MAX)) {
            case Reading.Changes changes -> tell(changes.changes());
            case Reading.Gone ignored -> skipTo(changelog.head());
        }
        return true;
    }

    private void tell(List<Change> changes) {
        Set<Topic> touched = new LinkedHashSet<>();
        try {
            for (Change change : changes) {
                append(change, touched);
            }
        } catch (OutOfMemoryError full) {
            giveWindowsUp();
            throw full;
        } finally {
            touched.forEach(Topic::wake);
        }
    }

    /** The lock is held for one change only, so that nobody who joins waits for a whole batch. */
    private void append(Change change, Set<Topic> touched) {
        long nowMillis = clock.millis();
        lock.lock();
        try {
            for (Topic topic : matching(change)) {
                touched.add(topic);
                append(change, topic, nowMillis);
                topic.feeds().forEach(this::shrink);
            }
            through = change.revision();
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock") private void append(Change change, Topic topic, long nowMillis) {
        long before = bytesOf(topic);
        try {
            topic.append(change, nowMillis);
        } finally {
            windowBytes += bytesOf(topic) - before;
        }
    }

    /**
     * Memory has run out: without windows everybody goes by the log, until they have grown again.
     * Kept, they would never be cut, as that comes behind appending, and nobody would be told anything.
     */
    private void giveWindowsUp() {
        lock.lock();
        try {
            topics.values().forEach(topic -> topic.feeds().forEach(feed -> feed.forget(through)));
            windowBytes = 0;
        } finally {
            lock.unlock();
        }
        wakeAll();
    }

    @GuardedBy("lock") private List<Topic> matching(Change change) {
        var matching = new ArrayList<Topic>(3);
        add(matching, topics.get(new Target.Everything()));
        add(matching, topics.get(new Target.InCollection(change.collection())));
        add(matching, topics.get(new Target.Single(change.collection(), change.id())));
        return matching;
    }

    private static void add(List<Topic> matching, @Nullable Topic topic) {
        if (topic != null) {
            matching.add(topic);
        }
    }

    private static long bytesOf(Topic topic) {
        return topic.feeds().stream().mapToLong(feed -> feed.log().bytes()).sum();
    }

    @GuardedBy("lock") private void shrink(Feed feed) {
        long before = feed.log().bytes();
        boolean dropped = true;
        while (dropped
                && (feed.log().bytes() > limits.feedBytesMax()
                        || windowBytes > limits.totalBytesMax())) {
            dropped = feed.log().dropOldest();
            windowBytes -= before - feed.log().bytes();
            before = feed.log().bytes();
        }
    }

    /** Retention has overtaken the hub itself: every watcher goes by the log, and finds the reset there. */
    private void skipTo(long revision) {
        lock.lock();
        try {
            topics.values().forEach(topic -> topic.feeds().forEach(feed -> feed.skipTo(revision)));
            windowBytes = 0;
            through = revision;
        } finally {
            lock.unlock();
        }
        wakeAll();
    }

    private void wakeAll() {
        List<Topic> all;
        lock.lock();
        try {
            all = List.copyOf(topics.values());
        } finally {
            lock.unlock();
        }
        all.forEach(Topic::wake);
    }

    /** Tells {@code synced} on the feeds that have been silent. */
    public void heartbeat() {
        long nowMillis = clock.millis();
        var told = new ArrayList<Feed>();
        lock.lock();
        try {
            for (Topic topic : topics.values()) {
                for (Feed feed : topic.feeds()) {
                    addIfTold(told, feed, nowMillis);
                }
            }
        } catch (OutOfMemoryError full) {
            giveWindowsUp();
            throw full;
        } finally {
            lock.unlock();
        }
        told.forEach(Feed::wake);
    }

    @GuardedBy("lock") private void addIfTold(List<Feed> told, Feed feed, long nowMillis) {
        long before = feed.log().bytes();
        if (feed.appendSyncedAfter(limits.silenceMillis(), nowMillis)) {
            windowBytes += feed.log().bytes() - before;
            shrink(feed);
            told.add(feed);
        }
    }
}
