package dev.genstore.hub;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.genstore.changelog.Changelog;
import dev.genstore.changelog.Reading;
import dev.genstore.resource.Change;
import dev.genstore.resource.Target;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Follows the log and appends each change to the feeds of those who watch it. A change costs as much
 * as there are distinct watches that match it, however many watch and whatever else is watched.
 *
 * <p>Thread-safe. {@link #advance} and {@link #forgetUnused} are called by one thread, the hub's.
 */
public final class Hub {
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);
    private static final long FAILURE_LOG_MILLIS = 10_000;
    private static final int BATCH_COUNT_MAX = 1_000;
    private static final long BATCH_WEIGHT_MAX = 8 << 20;
    private static final long SPARE_BYTES_MAX = 16L << 20;
    private static final long PAGES_BYTES_MAX = 8L << 20;

    private final Changelog changelog;
    private final InstantSource clock;
    private final Limits limits;
    private final FrameMemory memory = new FrameMemory(SPARE_BYTES_MAX);
    private final SharedPages pages = new SharedPages(PAGES_BYTES_MAX);
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private final WatchIndex index = new WatchIndex();

    @GuardedBy("lock") private final Windows windows;

    @GuardedBy("lock") private final UnusedFeeds unused;

    @GuardedBy("lock") private final OpenBatch openBatch = new OpenBatch();

    @GuardedBy("lock") private int feedCount;

    @GuardedBy("lock") private long failureLoggedMillis = -FAILURE_LOG_MILLIS;

    /** Of the hub's thread. */
    private final List<Topic> matching = new ArrayList<>();

    private volatile long through;

    /**
     * How much a hub keeps.
     *
     * @param feedBytesMax the memory window of one feed; a watcher that falls out of it reads from
     *     the log
     * @param totalBytesMax all windows together; above it the oldest frames go, whoever's they are
     * @param silenceMillis after this time without an event a watcher is told {@code synced}
     * @param unusedMillis for so long the window of a feed is kept for watchers that come back
     */
    public record Limits(
            long feedBytesMax, long totalBytesMax, long silenceMillis, long unusedMillis) {
        /**
         * 4 MiB a feed, 256 MiB in all but no more than a quarter of what the heap may have, as that is
         * what Java allows outside of it as well; 13 s, so that no watcher hears nothing for 15 s; 30 s.
         */
        public static final Limits DEFAULT = new Limits(
                4L << 20,
                Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 4),
                13_000,
                30_000);
    }

    public Hub(Changelog changelog, InstantSource clock, Limits limits) {
        this.changelog = changelog;
        this.clock = clock;
        this.limits = limits;
        this.windows = new Windows(limits.feedBytesMax(), limits.totalBytesMax());
        this.unused = new UnusedFeeds(limits.unusedMillis());
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

    long nowMillis() {
        return clock.millis();
    }

    long silenceMillis() {
        return limits.silenceMillis();
    }

    SharedPages pages() {
        return pages;
    }

    /** Subscribes to the feed of this watch in this form, which begins now if there is none. */
    Feed subscribe(Watch watch, Framing framing, Runnable listener) {
        lock.lock();
        try {
            Topic topic = index.topic(watch.target());
            Feed feed = topic.feed(watch, framing, () -> newFeed(watch, framing));
            openBatch.joined(feed, topic);
            if (feed.isUnused()) {
                feedCount++;
            }
            unused.remove(feed);
            feed.subscribe(listener);
            return feed;
        } finally {
            lock.unlock();
        }
    }

    private Feed newFeed(Watch watch, Framing framing) {
        var encoder = new EventEncoder(changelog.epoch(), watch);
        return new Feed(watch, framing, encoder, memory, this::through);
    }

    /** Ends a subscription; a feed without any is kept for a while. */
    void unsubscribe(Feed feed, Runnable listener) {
        long nowMillis = nowMillis();
        lock.lock();
        try {
            feed.unsubscribe(listener);
            if (feed.isUnused()) {
                feedCount--;
                unused.add(feed, nowMillis).forEach(this::drop);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Drops the feeds that nobody came back to; to be called now and then. */
    public void forgetUnused() {
        long nowMillis = nowMillis();
        lock.lock();
        try {
            unused.removeExpired(nowMillis).forEach(this::drop);
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock") private void drop(Feed feed) {
        Topic topic = index.topic(feed.watch().target());
        topic.feeds().remove(feed);
        openBatch.left(feed);
        windows.clear(feed);
        dropIfUnused(topic);
    }

    /** Has {@code waiter} run, on the hub's thread, whenever something changes in the target. */
    void addWaiter(Target target, Runnable waiter) {
        lock.lock();
        try {
            index.topic(target).waiters().add(waiter);
        } finally {
            lock.unlock();
        }
    }

    void removeWaiter(Target target, Runnable waiter) {
        lock.lock();
        try {
            Topic topic = index.find(target);
            if (topic != null && topic.waiters().remove(waiter)) {
                dropIfUnused(topic);
            }
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock") private void dropIfUnused(Topic topic) {
        if (topic.isUnused()) {
            index.remove(topic.target());
        }
    }

    /** How many distinct watches in how many forms are followed. */
    public int feedCount() {
        lock.lock();
        try {
            return feedCount;
        } finally {
            lock.unlock();
        }
    }

    /** How much memory the windows take, in bytes. */
    public long windowBytes() {
        lock.lock();
        try {
            return windows.bytes();
        } finally {
            lock.unlock();
        }
    }

    /** How much memory is kept for windows to come, in bytes. */
    public long spareBytes() {
        return memory.spareBytes();
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
        } finally {
            touched.forEach(Topic::wake);
        }
    }

    /** The lock is held for one change only, so that nobody who joins waits for a whole batch. */
    private void append(Change change, Set<Topic> touched) {
        matching.clear();
        lock.lock();
        try {
            index.match(change, matching);
            touched.addAll(matching);
            for (Topic topic : matching) {
                for (Feed feed : topic.feeds()) {
                    append(feed, change.revision(), () -> feed.append(change));
                    openBatch.told(change, feed, topic);
                }
            }
            for (var ended : openBatch.passed(change).entrySet()) {
                append(ended.getKey(), change.revision(), () -> ended.getKey().appendEnd(change));
                touched.add(ended.getValue());
            }
            through = change.revision();
        } finally {
            lock.unlock();
        }
    }

    /** Whatever fails here costs its feed the window, and nobody else anything. */
    @GuardedBy("lock") private void append(Feed feed, long revision, Supplier<@Nullable Segment> appending) {
        try {
            Segment made = appending.get();
            if (made != null) {
                windows.grew(feed, made);
            }
        } catch (RuntimeException bug) {
            logFailure(feed, bug);
            skipTo(feed, revision);
        } catch (OutOfMemoryError full) {
            logFailure(feed, full);
            giveWindowsUp();
            skipTo(feed, revision);
        }
    }

    /** Without windows everybody goes by the log, until they have grown again. */
    @GuardedBy("lock") private void giveWindowsUp() {
        for (Topic topic : index.all()) {
            for (Feed feed : topic.feeds()) {
                windows.clear(feed);
            }
        }
    }

    /** It may come with every change: one line is enough for a while. */
    @GuardedBy("lock") private void logFailure(Feed feed, Throwable failure) {
        long nowMillis = nowMillis();
        if (Math.abs(nowMillis - failureLoggedMillis) >= FAILURE_LOG_MILLIS) {
            failureLoggedMillis = nowMillis;
            LOG.error(
                    "{} can't be told from memory; its watchers read the log",
                    feed.watch().target().path(),
                    failure);
        }
    }

    /** Retention has overtaken the hub itself: every watcher goes by the log, and finds the reset there. */
    private void skipTo(long revision) {
        List<Topic> all;
        lock.lock();
        try {
            all = index.all();
            for (Topic topic : all) {
                for (Feed feed : topic.feeds()) {
                    skipTo(feed, revision);
                    openBatch.skipped(feed, topic);
                }
            }
            through = revision;
        } finally {
            lock.unlock();
        }
        all.forEach(Topic::wake);
    }

    @GuardedBy("lock") private void skipTo(Feed feed, long revision) {
        windows.clear(feed);
        feed.log().skipTo(revision);
    }
}
