package dev.genstore.hub;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * The watchers of one event loop. Everything they do, they do there, so they need no locks, and a
 * change wakes a loop once, however many of its watchers follow it.
 *
 * <p>Confined to its executor, which runs tasks one after another.
 */
public final class Loop {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    private static final int SWEEP_MIN = 64;

    private final Executor executor;
    private final Hub hub;
    private final CatchUp catchUp;
    private final Executor readers;
    private final Delivery delivery;
    private final Map<GroupKey, Group> groups = new HashMap<>();
    private final List<Group> list = new ArrayList<>();
    private final Rounds<Group> rounds = new Rounds<>(list, SWEEP_MIN);
    private long roundLagRevisions;
    private volatile long lagRevisionsMax;
    private Guard guard = Guard.NONE;

    /** The form is a {@link Framing} or a {@link StreamForm}. */
    record GroupKey(Watch watch, Object form) {}

    /**
     * How a loop gives frames to sockets.
     *
     * @param sender what sends; asked for, on the loop, when a sink has a descriptor
     * @param meter hears, on the loop, how many events were delivered
     * @param followed changes that are followed until they are
     */
    public record Sending(Supplier<Sender> sender, IntConsumer meter, FollowedChanges followed) {
        /** The same where none are followed. */
        public Sending(Supplier<Sender> sender, IntConsumer meter) {
            this(sender, meter, FollowedChanges.NONE);
        }
    }

    /**
     * The watchers that live on {@code executor}.
     *
     * @param readers runs what reads the storage and may block
     */
    public Loop(Executor executor, Hub hub, CatchUp catchUp, Executor readers, Sending sending) {
        this.executor = executor;
        this.hub = hub;
        this.catchUp = catchUp;
        this.readers = readers;
        this.delivery = new Delivery(sending, this::isHeldBack);
    }

    /** Has this done before watchers are told. */
    public void guardBy(Guard ending) {
        guard = ending;
    }

    /** Whether what was just read must not be told before the guard has run. */
    boolean isHeldBack() {
        return guard.isDue();
    }

    /** Not while it serves who took a part of a frame: the rest has to come before the end. */
    void guard() {
        if (!delivery.isServing()) {
            guard.run();
        }
    }

    /** Makes a watcher. It is told over this line from {@link Watcher#begin} on. */
    public Watcher watch(Watch watch, Framing framing, Start start, Line line) {
        Group group =
                groups.computeIfAbsent(new GroupKey(watch, framing), key -> join(key, framing));
        return new Watcher(group, catchUp.begin(watch.selection(), start), line);
    }

    /**
     * Makes a watcher that understands a stream. Of the watchers of a line only one may: what the
     * frames of a stream build on is what came before on the line.
     */
    public Watcher watch(Watch watch, StreamForm form, Start start, Line line) {
        Group group = groups.computeIfAbsent(new GroupKey(watch, form), key -> join(key, form));
        return new Watcher(group, catchUp.begin(watch.selection(), start), line);
    }

    /** Looks after its watchers: tells those who heard nothing for long that they are synced. */
    public void sweep() {
        long nowMillis = nowMillis();
        if (rounds.visit(group -> sweep(group, nowMillis))) {
            lagRevisionsMax = roundLagRevisions;
            roundLagRevisions = 0;
        }
    }

    /** What fails here must not end the sweep over all. */
    private void sweep(Group group, long nowMillis) {
        roundLagRevisions = Math.max(roundLagRevisions, group.lagRevisionsMax(hub.head()));
        try {
            group.tellSilence(nowMillis, hub.silenceMillis());
        } catch (RuntimeException | Error failure) {
            LOG.error("Silence can't be told; it is tried again", failure);
        }
    }

    /**
     * The greatest number of changes that one of its watchers has not seen yet, as of the last round
     * of sweeps. Any thread may ask.
     */
    public long lagRevisionsMax() {
        return lagRevisionsMax;
    }

    String epoch() {
        return hub.epoch();
    }

    long headRevision() {
        return hub.head();
    }

    long nowMillis() {
        return hub.nowMillis();
    }

    long silenceMillis() {
        return hub.silenceMillis();
    }

    Delivery delivery() {
        return delivery;
    }

    void execute(Runnable task) {
        executeUntilStopped(executor, task);
    }

    /** Reads what a watcher has missed, elsewhere as it may block; the answer comes back here. */
    void read(Feed feed, Progress from, SharedPages.Reader reader) {
        hub.pages()
                .read(catchUp, feed, from, task -> executeUntilStopped(readers, task))
                .whenComplete((page, failure) -> execute(() -> reader.take(page, failure)));
    }

    /** When the server stops, its watchers have ended, or end with their connections. */
    private static void executeUntilStopped(Executor executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException stopped) {
            LOG.debug("Stopping: a watcher is not served further", stopped);
        }
    }

    private Group join(GroupKey key, Framing framing) {
        var group = new Group(this, key);
        group.follow(hub.subscribe(key.watch(), framing, group.listener()));
        enlist(group);
        return group;
    }

    /** The group of those who can't read the stream yet, with the one of those who can. */
    private Group join(GroupKey key, StreamForm form) {
        var approaching = new Group(this, key);
        var reading = new Group(this, key);
        hub.subscribe(key.watch(), form.single(), reading.listener());
        Feed feed = hub.subscribe(key.watch(), form.single(), approaching.listener());
        FeedStream stream = hub.stream(feed, form);
        approaching.follow(stream.approach());
        reading.follow(stream);
        approaching.pairWith(reading);
        enlist(approaching);
        enlist(reading);
        return approaching;
    }

    private void enlist(Group group) {
        group.index = list.size();
        list.add(group);
    }

    /** The group, and its partner if it has one, have no watchers any more. */
    void leave(Group group) {
        groups.remove(group.key());
        strike(group);
        Group partner = group.partner();
        if (partner != null) {
            strike(partner);
        }
    }

    /** Removes by putting the last one into the gap. */
    private void strike(Group group) {
        hub.unsubscribe(group.source().plain(), group.listener());
        Group last = list.removeLast();
        if (last != group) {
            list.set(group.index, last);
            last.index = group.index;
        }
    }
}
