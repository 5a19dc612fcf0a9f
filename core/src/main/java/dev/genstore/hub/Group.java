package dev.genstore.hub;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The watchers of one feed on one loop, in a dense list that a wake-up walks. Confined to the loop,
 * except for {@link #wake}, which is thread-safe.
 */
final class Group {
    private static final int WALK_MAX = 2_000;

    private final Loop loop;
    private final List<Watcher> watchers = new ArrayList<>();
    private final AtomicBoolean walkIsDue = new AtomicBoolean();
    private final Runnable listener = this::wake;
    private @Nullable Feed feed;

    Group(Loop loop) {
        this.loop = loop;
    }

    Loop loop() {
        return loop;
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

    void add(Watcher watcher) {
        watcher.index = watchers.size();
        watchers.add(watcher);
    }

    /** Removes by putting the last one into the gap. */
    void remove(Watcher watcher) {
        Watcher last = watchers.removeLast();
        if (last != watcher) {
            watchers.set(watcher.index, last);
            last.index = watcher.index;
        }
        if (watchers.isEmpty()) {
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
        walkIsDue.set(false);
        walk(watchers.size());
    }

    /** From the last one down, so that one that leaves moves only those that were served already. */
    private void walk(int end) {
        int stop = Math.max(0, end - WALK_MAX);
        for (int i = end - 1; i >= stop; i--) {
            if (i < watchers.size()) {
                watchers.get(i).pump();
            }
        }
        if (stop > 0) {
            loop.execute(() -> walk(stop));
        }
    }

    long lagRevisionsMax(long headRevision) {
        return watchers.stream()
                .mapToLong(watcher -> watcher.lagRevisions(headRevision))
                .max()
                .orElse(0);
    }
}
