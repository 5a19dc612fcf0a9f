package dev.genstore.hub;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The watchers of one feed on one loop. A wake-up walks them; a long walk lets others have a turn,
 * and what is appended meanwhile is told by the next one, many events at once.
 *
 * <p>Confined to the loop, except for {@link #wake}, which is thread-safe.
 */
final class Group {
    private static final int WALK_MAX = 2_000;

    private final Loop loop;
    private final Roster roster = new Roster();
    private final AtomicBoolean walkIsDue = new AtomicBoolean();
    private final Runnable listener = this::wake;
    private @Nullable Feed feed;
    private long toldMillis;

    /** What the last walk had to tell up to, and whether it did. */
    private long walkEnd;

    private boolean walkToldAll;

    /** Its place among its loop's groups. */
    int index;

    Group(Loop loop) {
        this.loop = loop;
        this.toldMillis = loop.nowMillis();
    }

    Loop loop() {
        return loop;
    }

    Roster roster() {
        return roster;
    }

    Feed feed() {
        return Objects.requireNonNull(feed);
    }

    /** What the feed calls when it has more. */
    Runnable listener() {
        return listener;
    }

    void follow(Feed followed) {
        feed = followed;
    }

    void remove(Watcher watcher) {
        roster.remove(watcher);
        if (roster.size() == 0) {
            loop.leave(this);
        }
    }

    /** There is more in the feed: has the loop walk its watchers once, however often it is called. */
    private void wake() {
        if (walkIsDue.compareAndSet(false, true)) {
            loop.execute(this::walk);
        }
    }

    private void walk() {
        walkEnd = feed().log().end();
        walkToldAll = true;
        toldMillis = loop.nowMillis();
        walk(roster.size());
    }

    /** From the last one down, so that one that leaves moves only those that were served already. */
    private void walk(int from) {
        int end = Math.min(from, roster.size());
        int stop = Math.max(0, end - WALK_MAX);
        try {
            walkToldAll &= loop.delivery().tell(feed(), roster, end, stop);
        } catch (RuntimeException | Error failure) {
            walkIsDue.set(false); // the next change begins anew
            throw failure;
        }
        if (stop > 0) {
            loop.execute(() -> walk(stop));
        } else {
            ended();
        }
    }

    /** Who appended during the walk could not wake it. */
    private void ended() {
        walkIsDue.set(false);
        if (!walkToldAll || feed().log().end() != walkEnd) {
            wake();
        }
    }

    /** Tells {@code synced} when nothing was told for so long, or nobody knows for how long. */
    void tellSilence(long nowMillis, long silenceMillis) {
        long silentMillis = nowMillis - toldMillis;
        if (silentMillis < 0 || silentMillis >= silenceMillis) {
            toldMillis = nowMillis;
            tellSynced(roster.size());
        }
    }

    private void tellSynced(int from) {
        int end = Math.min(from, roster.size());
        int stop = Math.max(0, end - WALK_MAX);
        loop.delivery().tellSynced(feed(), roster, end, stop, loop.nowMillis());
        if (stop > 0) {
            loop.execute(() -> tellSynced(stop));
        }
    }

    long lagRevisionsMax(long headRevision) {
        long max = 0;
        for (int i = 0; i < roster.size(); i++) {
            if (roster.isApart(i)) {
                max = Math.max(max, roster.watcher(i).lagRevisions(headRevision));
            }
        }
        return max;
    }
}
