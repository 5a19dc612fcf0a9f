package dev.genstore.hub;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The watchers of one event loop. Everything they do, they do there, so they need no locks, and a
 * change wakes a loop once, however many of its watchers follow it.
 *
 * <p>Confined to its executor, which runs tasks one after another.
 */
public final class Loop {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    private final Executor executor;
    private final Hub hub;
    private final CatchUp catchUp;
    private final Executor readers;
    private final Map<FeedKey, Group> groups = new HashMap<>();

    private record FeedKey(Watch watch, Framing framing) {}

    /**
     * The watchers that live on {@code executor}.
     *
     * @param readers runs what reads the storage and may block
     */
    public Loop(Executor executor, Hub hub, CatchUp catchUp, Executor readers) {
        this.executor = executor;
        this.hub = hub;
        this.catchUp = catchUp;
        this.readers = readers;
    }

    /** Makes a watcher. Its sink is called from {@link Watcher#begin} on. */
    public Watcher watch(Watch watch, Framing framing, Start start, Sink sink) {
        Group group = groups.computeIfAbsent(new FeedKey(watch, framing), this::join);
        var watcher = new Watcher(group, catchUp, catchUp.begin(start), sink);
        group.add(watcher);
        return watcher;
    }

    /** The greatest number of changes that one of its watchers has not seen yet. */
    public long lagRevisionsMax() {
        long headRevision = hub.head();
        return groups.values().stream()
                .mapToLong(group -> group.lagRevisionsMax(headRevision))
                .max()
                .orElse(0);
    }

    long headRevision() {
        return hub.head();
    }

    void execute(Runnable task) {
        executeUntilStopped(executor, task);
    }

    /** Runs what may block elsewhere; it comes back by {@link #execute}. */
    void read(Runnable reading) {
        executeUntilStopped(readers, reading);
    }

    /** When the server stops, its watchers have ended, or end with their connections. */
    private static void executeUntilStopped(Executor executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException stopped) {
            LOG.debug("Stopping: a watcher is not served further", stopped);
        }
    }

    private Group join(FeedKey key) {
        var group = new Group(this);
        group.follow(hub.subscribe(key.watch, key.framing, group.listener()));
        return group;
    }

    void leave(Group group) {
        Feed feed = group.feed();
        groups.remove(new FeedKey(feed.watch(), feed.framing()));
        hub.unsubscribe(feed, group.listener());
    }
}
