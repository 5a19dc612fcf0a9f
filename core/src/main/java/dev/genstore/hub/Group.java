package dev.genstore.hub;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The watchers of one source on one loop. A wake-up walks them; a long walk lets others have a turn,
 * and what is appended meanwhile is told by the next one, many events at once.
 *
 * <p>Confined to the loop, except for {@link #wake}, which is thread-safe.
 */
final class Group {
    private static final int WALK_MAX = 2_000;

    private final Loop loop;
    private final Loop.GroupKey key;
    private final Roster roster = new Roster();
    private final AtomicBoolean walkIsDue = new AtomicBoolean();
    private final Runnable listener = this::wake;
    private @Nullable Source source;
    private @Nullable Group partner;
    private long toldMillis;

    /** What the last walk had to tell up to, and whether it did. */
    private long walkEnd;

    private boolean walkToldAll;

    /** Its place among its loop's groups. */
    int index;

    Group(Loop loop, Loop.GroupKey key) {
        this.loop = loop;
        this.key = key;
        this.toldMillis = loop.nowMillis();
    }

    Loop loop() {
        return loop;
    }

    /** What its loop finds it by. */
    Loop.GroupKey key() {
        return key;
    }

    Roster roster() {
        return roster;
    }

    Source source() {
        return Objects.requireNonNull(source);
    }

    /** What the feed calls when it has more. */
    Runnable listener() {
        return listener;
    }

    void follow(Source followed) {
        source = followed;
    }

    /** The group of those who have crossed to the other source, if there is one. */
    @Nullable Group partner() {
        return partner;
    }

    void pairWith(Group other) {
        partner = other;
        other.partner = this;
    }

    void add(Watcher watcher, int descriptor) {
        source().joined();
        roster.add(watcher, descriptor);
    }

    void remove(Watcher watcher) {
        source().left();
        roster.remove(watcher);
        if (roster.size() == 0 && (partner == null || partner.roster.size() == 0)) {
            loop.leave(this);
        }
    }

    /** Gives a watcher over to the partner, apart and where it is; returns the partner. */
    Group handOver(Watcher watcher) {
        Group to = Objects.requireNonNull(partner);
        int descriptor = roster.descriptor(watcher.index);
        long cursor = roster.cursor(watcher.index);
        roster.remove(watcher);
        to.roster.add(watcher, descriptor);
        to.roster.cursor(watcher.index, cursor);
        return to;
    }

    /** There is more in the feed: has the loop walk its watchers once, however often it is called. */
    private void wake() {
        if (walkIsDue.compareAndSet(false, true)) {
            loop.execute(this::walk);
        }
    }

    private void walk() {
        walkEnd = source().end();
        walkToldAll = true;
        toldMillis = loop.nowMillis();
        walk(roster.size());
    }

    /** From the last one down, so that one that leaves moves only those that were served already. */
    private void walk(int from) {
        loop.guard();
        int end = Math.min(from, roster.size());
        int stop = Math.max(0, end - WALK_MAX);
        try {
            walkToldAll &= loop.delivery().tell(source(), roster, end, stop);
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
        if (!walkToldAll || source().end() != walkEnd) {
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
        loop.delivery().tellSynced(source(), roster, end, stop, loop.nowMillis());
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
