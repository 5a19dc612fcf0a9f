package dev.genstore.hub;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The changes that are followed to the sockets of those who watch, for who wants to see where time
 * goes: a few at a time. Without any, which is the rule, that costs the loops a look at a number.
 *
 * <p>Thread-safe.
 */
public final class FollowedChanges {
    /** Of these there never are any. */
    public static final FollowedChanges NONE = new FollowedChanges(0);

    private final int countMax;
    private final AtomicInteger count = new AtomicInteger();

    /** By their last revisions. */
    private final ConcurrentNavigableMap<Long, Followed> all = new ConcurrentSkipListMap<>();

    /** One change, or those of a batch. */
    public static final class Followed {
        private final long first;
        private final long last;
        private final LongAdder given = new LongAdder();
        private volatile long lastNanos;

        private Followed(long first, long last) {
            this.first = first;
            this.last = last;
        }

        /** How often it was given to a socket, or some of it. */
        public long count() {
            return given.sum();
        }

        /** When that was last, by {@link System#nanoTime}; means nothing before it was. */
        public long lastNanos() {
            return lastNanos;
        }

        private void given(int sockets, long nowNanos) {
            lastNanos = nowNanos;
            given.add(sockets);
        }
    }

    /**
     * None yet.
     *
     * @param countMax how many are followed at a time
     */
    public FollowedChanges(int countMax) {
        this.countMax = countMax;
    }

    /**
     * Follows the changes between two revisions, if there is room. To be called before the hub hears of
     * them, else some of those who are told are not counted.
     *
     * @return null when too many are followed already
     */
    public @Nullable Followed follow(long first, long last) {
        if (count.incrementAndGet() > countMax) {
            count.decrementAndGet();
            return null;
        }
        var followed = new Followed(first, last);
        all.put(last, followed);
        return followed;
    }

    /** Follows it no further; to be called once. */
    public void forget(Followed followed) {
        all.remove(followed.last, followed);
        count.decrementAndGet();
    }

    boolean isEmpty() {
        return count.get() == 0;
    }

    /** So many sockets have taken these frames. */
    void given(Run.Frames frames, int sockets) {
        long nowNanos = System.nanoTime();
        for (Followed followed : all.tailMap(frames.from(), true).values()) {
            if (followed.first > frames.through()) {
                return;
            }
            if (frames.tellsAny(followed.first, followed.last)) {
                followed.given(sockets, nowNanos);
            }
        }
    }
}
