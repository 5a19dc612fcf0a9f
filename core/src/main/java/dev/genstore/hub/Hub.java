package dev.genstore.hub;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.genstore.changelog.Changelog;
import dev.genstore.changelog.Reading;
import dev.genstore.resource.Change;
import dev.genstore.resource.Target;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Follows the log and appends each change to the feeds of those who watch it. A change costs as much
 * as there are distinct watches that match it, however many watch and whatever else is watched.
 *
 * <p>Thread-safe. {@link #advance} and {@link #forgetUnused} are called by one thread, the hub's.
 */
public final class Hub {
    private static final int BATCH_COUNT_MAX = 1_000;
    private static final long BATCH_WEIGHT_MAX = 8 << 20;
    private static final long SPARE_BYTES_MAX = 16L << 20;
    private static final long PAGES_BYTES_MAX = 8L << 20;
    private static final int STREAMS_MAX = 256;

    private final Changelog changelog;
    private final InstantSource clock;
    private final Limits limits;
    private final FrameMemory memory = new FrameMemory(SPARE_BYTES_MAX);
    private final SharedPages pages = new SharedPages(PAGES_BYTES_MAX);
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private final WatchIndex index = new WatchIndex();

    @GuardedBy("lock") private final Windows windows;

    @GuardedBy("lock") private final UnusedFeeds unused;

    @GuardedBy("lock") private final OpenStreams streams;

    @GuardedBy("lock") private int feedCount;

    private final FailureLog failures;

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
     * @param streamsMax how many watches may have a stream; the watchers of others are told in the
     *     plain form
     */
    public record Limits(
            long feedBytesMax,
            long totalBytesMax,
            long silenceMillis,
            long unusedMillis,
            int streamsMax) {
        /**
         * 4 MiB a feed, 256 MiB in all but no more than a quarter of what the heap may have, as that is
         * what Java allows outside of it as well; 13 s, so that no watcher hears nothing for 15 s; 30 s.
         */
        public static final Limits DEFAULT = new Limits(
                4L << 20,
                Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 4),
                13_000,
                30_000,
                STREAMS_MAX);

        /** The same with the default number of streams: 256, which may take 24 MiB. */
        public Limits(
                long feedBytesMax, long totalBytesMax, long silenceMillis, long unusedMillis) {
            this(feedBytesMax, totalBytesMax, silenceMillis, unusedMillis, STREAMS_MAX);
        }
    }

    public Hub(Changelog changelog, InstantSource clock, Limits limits) {
        this.changelog = changelog;
        this.clock = clock;
        this.limits = limits;
        this.failures = new FailureLog(clock);
        this.windows = new Windows(limits.feedBytesMax(), limits.totalBytesMax());
        this.streams = new OpenStreams(limits.streamsMax());
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
            Feed feed =
                    index.topic(watch.target()).feed(watch, framing, () -> newFeed(watch, framing));
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

    /** The stream of a feed; it is opened when it is worth that. */
    FeedStream stream(Feed feed, StreamForm form) {
        lock.lock();
        try {
            return feed.stream(form);
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

    /** Drops the feeds that nobody came back to, and closes streams; to be called now and then. */
    public void forgetUnused() {
        long nowMillis = nowMillis();
        lock.lock();
        try {
            unused.removeExpired(nowMillis).forEach(this::drop);
            streams.lonely().forEach(this::close);
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock") private void drop(Feed feed) {
        Topic topic = index.topic(feed.watch().target());
        topic.feeds().remove(feed);
        clear(feed);
        dropIfUnused(topic);
    }

    @GuardedBy("lock") private void clear(Feed feed) {
        windows.clear(feed.log());
        FeedStream stream = feed.stream();
        if (stream != null) {
            close(stream);
        }
    }

    @GuardedBy("lock") private void close(FeedStream stream) {
        streams.close(stream);
        windows.clear(stream.log());
    }

    /** Closes all streams, when nothing will be appended any more. */
    public void closeStreams() {
        lock.lock();
        try {
            streams.all().forEach(this::close);
        } finally {
            lock.unlock();
        }
    }

    /** How many watches have an open stream. */
    public int streamCount() {
        lock.lock();
        try {
            return streams.count();
        } finally {
            lock.unlock();
        }
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
            failures.tell();
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
                    append(feed, change);
                }
            }
            through = change.revision();
        } finally {
            lock.unlock();
        }
    }

    /** Whatever fails here costs its feed the window, and nobody else anything. */
    @GuardedBy("lock") private void append(Feed feed, Change change) {
        try {
            grew(feed.log(), feed.append(change));
        } catch (RuntimeException bug) {
            failures.note(feed, bug);
            skipTo(feed, change.revision());
        } catch (OutOfMemoryError full) {
            failures.note(feed, full);
            giveWindowsUp();
            skipTo(feed, change.revision());
        }
        FeedStream stream = feed.stream();
        if (stream != null) {
            append(stream, change);
        }
    }

    /** A stream that failed is closed: its watchers go by the plain form until it is opened anew. */
    @GuardedBy("lock") private void append(FeedStream stream, Change change) {
        try {
            streams.consider(stream);
            grew(stream.log(), stream.append(change));
        } catch (RuntimeException | Error failure) {
            failures.note(stream.plain(), failure);
            close(stream);
            stream.log().skipTo(change.revision());
        }
    }

    @GuardedBy("lock") private void grew(FrameLog log, @Nullable Segment made) {
        if (made != null) {
            windows.grew(log, made);
        }
    }

    /** Without windows everybody goes by the log, until they have grown again. */
    @GuardedBy("lock") private void giveWindowsUp() {
        for (Topic topic : index.all()) {
            topic.feeds().forEach(this::clear);
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
                }
            }
            through = revision;
        } finally {
            lock.unlock();
        }
        all.forEach(Topic::wake);
    }

    @GuardedBy("lock") private void skipTo(Feed feed, long revision) {
        clear(feed);
        feed.log().skipTo(revision);
        FeedStream stream = feed.stream();
        if (stream != null) {
            stream.log().skipTo(revision);
        }
    }
}
