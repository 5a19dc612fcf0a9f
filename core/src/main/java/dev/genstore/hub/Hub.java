package dev.genstore.hub;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.genstore.changelog.Changelog;
import dev.genstore.changelog.Reading;
import dev.genstore.query.Selection;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Follows the log and appends each change to the feeds of those who watch it. A change costs as much
 * as there are distinct watches that match it, however many watch and whatever else is watched, and a
 * trial of each filter that demands no value that could be looked up.
 *
 * <p>Who joins or leaves, on an event loop, waits for the lock, so it is held for moments only; see
 * {@link Telling}.
 *
 * <p>Thread-safe. {@link #advance} and {@link #forgetUnused} are called by one thread, the hub's.
 */
public final class Hub {
    private static final int BATCH_COUNT_MAX = 1_000;
    private static final long BATCH_WEIGHT_MAX = 8 << 20;
    private static final long SPARE_BYTES_MAX = 16L << 20;
    private static final long PAGES_BYTES_MAX = 8L << 20;
    private static final int STREAMS_MAX = 256;
    private static final int WATCHES_MAX = 100_000;
    private static final int WINDOWS_MAX = 1_000;
    private static final HeapShare FEEDS = new HeapShare(256L << 20, 4);
    private static final HeapShare RANKINGS = new HeapShare(32L << 20, 8);

    private final Changelog changelog;
    private final InstantSource clock;
    private final Limits limits;
    private final FrameMemory memory = new FrameMemory(SPARE_BYTES_MAX);
    private final SharedPages pages = new SharedPages(PAGES_BYTES_MAX);
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private final WatchIndex index;

    @GuardedBy("lock") private final Appender appender;

    @GuardedBy("lock") private final UnusedFeeds unused;

    @GuardedBy("lock") private int feedCount;

    private final Telling telling;

    /** One for all feeds. */
    private final LongSupplier hubThrough = this::through;

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
     * @param watchesMax how many distinct watches there may be; one more is refused
     * @param windowsMax how many of them may be live windows; one more is refused
     * @param rankingBytesMax what the live windows keep of the store, about; above it their watchers
     *     are told from the log
     */
    public record Limits(
            long feedBytesMax,
            long totalBytesMax,
            long silenceMillis,
            long unusedMillis,
            int streamsMax,
            int watchesMax,
            int windowsMax,
            long rankingBytesMax) {
        /**
         * 4 MiB a feed, 256 MiB in all but no more than a quarter of what the heap may have, as that is
         * what Java allows outside of it as well; 13 s, so that no watcher hears nothing for 15 s; 30 s;
         * 100,000 watches; 1,000 live windows of 32 MiB, but no more than an eighth of the heap.
         */
        public static final Limits DEFAULT = new Limits(
                4L << 20,
                FEEDS.bytes(),
                13_000,
                30_000,
                STREAMS_MAX,
                WATCHES_MAX,
                WINDOWS_MAX,
                RANKINGS.bytes());

        /** The same with the default bounds of live windows. */
        public Limits(
                long feedBytesMax,
                long totalBytesMax,
                long silenceMillis,
                long unusedMillis,
                int streamsMax,
                int watchesMax) {
            this(
                    feedBytesMax,
                    totalBytesMax,
                    silenceMillis,
                    unusedMillis,
                    streamsMax,
                    watchesMax,
                    WINDOWS_MAX,
                    RANKINGS.bytes());
        }

        /** The same with the default number of streams, 256, which may take 24 MiB, and of watches. */
        public Limits(
                long feedBytesMax, long totalBytesMax, long silenceMillis, long unusedMillis) {
            this(
                    feedBytesMax,
                    totalBytesMax,
                    silenceMillis,
                    unusedMillis,
                    STREAMS_MAX,
                    WATCHES_MAX);
        }
    }

    /** A hub that reads what a live window needs on its own thread. */
    public Hub(Changelog changelog, InstantSource clock, Limits limits) {
        this(changelog, clock, limits, Runnable::run);
    }

    /**
     * A hub behind what is in the log already.
     *
     * @param readers runs what reads the storage and may block
     */
    public Hub(Changelog changelog, InstantSource clock, Limits limits, Executor readers) {
        this.changelog = changelog;
        this.clock = clock;
        this.limits = limits;
        this.index = new WatchIndex(new RankingMemory(limits.rankingBytesMax()));
        var failures = new FailureLog(clock);
        var rankings = new Rankings(changelog, readers);
        this.appender = new Appender(index, limits, failures);
        this.unused = new UnusedFeeds(limits.unusedMillis());
        this.telling = new Telling(lock, index, appender, rankings, failures, changelog.head());
    }

    /** The revision up to which every feed has everything. */
    public long through() {
        return telling.through();
    }

    /** The last revision of the log. */
    public long head() {
        return changelog.head();
    }

    String epoch() {
        return changelog.epoch();
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

    /**
     * Makes sure that this watch can be followed.
     *
     * @throws dev.genstore.resource.Problem 503 when it would be one too many
     */
    public void admit(Watch watch) {
        lock.lock();
        try {
            if (isFull() || isFullOf(watch.selection())) {
                Topic topic = index.find(watch.selection());
                boolean isOpenAlready = topic != null && topic.tells(watch);
                admit(watch.selection(), isOpenAlready);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether it can be told at once what is selected: nothing has to be read to know what it shows. */
    public boolean shows(Selection selection) {
        return selection.top() == null || isShown(selection);
    }

    private boolean isShown(Selection selection) {
        lock.lock();
        try {
            Topic topic = index.find(selection);
            return topic != null && topic.isShown();
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock") private void admit(Selection selection, boolean isOpenAlready) {
        if (isOpenAlready) {
            return;
        }
        if (isFull()) {
            throw full(limits.watchesMax() + " different watches");
        }
        if (isFullOf(selection) && index.find(selection) == null) {
            throw full(limits.windowsMax() + " different live windows");
        }
    }

    private static Problem full(String what) {
        return ProblemType.OVERLOADED
                .because("There are " + what + " already, and this would be one more; try again"
                        + " later, or watch what others do.")
                .with("Retry-After", "10");
    }

    @GuardedBy("lock") private boolean isFullOf(Selection selection) {
        return selection.top() != null && index.windowCount() >= limits.windowsMax();
    }

    @GuardedBy("lock") private boolean isFull() {
        return Math.max(feedCount, index.size()) >= limits.watchesMax();
    }

    /** Subscribes to the feed of this watch in this form, which begins now if there is none. */
    Feed subscribe(Watch watch, Framing framing, Runnable listener) {
        lock.lock();
        try {
            long from = telling.revision();
            Topic topic = index.topic(watch.selection());
            Feed feed = topic.feed(watch, framing, () -> newFeed(watch, framing, from));
            appender.joined(feed, topic);
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

    private Feed newFeed(Watch watch, Framing framing, long from) {
        var encoder = new EventEncoder(changelog.epoch(), watch);
        return new Feed(watch, framing, encoder, memory, from, hubThrough);
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
            appender.closeLonelyStreams();
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock") private void drop(Feed feed) {
        Topic topic = index.find(feed.watch().selection());
        appender.drop(feed);
        if (topic != null) {
            topic.remove(feed);
            dropIfUnused(topic);
        }
    }

    /** Closes all streams, when nothing will be appended any more. */
    public void closeStreams() {
        lock.lock();
        try {
            appender.closeStreams();
        } finally {
            lock.unlock();
        }
    }

    /** How many watches have an open stream. */
    public int streamCount() {
        lock.lock();
        try {
            return appender.streamCount();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Has {@code waiter} run, on the hub's thread, whenever something changes in what is selected.
     *
     * @throws dev.genstore.resource.Problem 503 when that is one watch too many
     */
    void addWaiter(Selection selection, Runnable waiter) {
        lock.lock();
        try {
            admit(selection, index.find(selection) != null);
            index.topic(selection).waiters().add(waiter);
        } finally {
            lock.unlock();
        }
    }

    void removeWaiter(Selection selection, Runnable waiter) {
        lock.lock();
        try {
            Topic topic = index.find(selection);
            if (topic != null && topic.waiters().remove(waiter)) {
                dropIfUnused(topic);
            }
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock") private void dropIfUnused(Topic topic) {
        if (topic.isUnused()) {
            index.remove(topic);
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
            return appender.windowBytes();
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
        if (through() == changelog.head()) {
            return false;
        }
        switch (changelog.after(through(), BATCH_COUNT_MAX, BATCH_WEIGHT_MAX)) {
            case Reading.Changes changes -> telling.tell(changes.changes());
            case Reading.PartlyCut _, Reading.Gone _ -> telling.skipTo(changelog.head());
        }
        return true;
    }
}
