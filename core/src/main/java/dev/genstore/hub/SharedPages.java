package dev.genstore.hub;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The pages that watchers read while they catch up. Those who come back to the same watch with the
 * same position share one reading, if they come at about the same time: after a network's failure
 * that is everybody.
 *
 * <p>Only the log is shared, and what a live window showed at a revision. What those say never changes,
 * so a page that was read a while ago only ends earlier than one that would be read now.
 *
 * <p>Thread-safe.
 */
final class SharedPages {
    private static final int PAGE_BYTES_MAX = 32 << 10;

    /** What a page takes in memory besides its frames, about. */
    private static final int PAGE_BYTES = 500;

    private final long bytesMax;
    private final ReentrantLock lock = new ReentrantLock();

    /** In the order of their last use. */
    @GuardedBy("lock") private final Map<Key, Reading> readings = new LinkedHashMap<>(16, 0.75f, true);

    @GuardedBy("lock") private long keptBytes;

    private record Key(Feed feed, Progress from) {}

    /**
     * A page in the form of the wire.
     *
     * @param count how many events it has
     * @param progress how far they bring a watcher
     */
    record Framed(int count, Progress progress, ByteBuffer frames) {}

    /** One page, which comes later. */
    private static final class Reading {
        private final CompletableFuture<Framed> page = new CompletableFuture<>();

        /** Zero as long as it is not kept; guarded by the lock. */
        private int keptBytes;
    }

    /** Who reads a page. */
    @FunctionalInterface
    interface Reader {
        /** Takes the page, or the failure. */
        void take(@Nullable Framed page, @Nullable Throwable failure);
    }

    /**
     * No pages yet.
     *
     * @param bytesMax how much is kept for others
     */
    SharedPages(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Reads a page, or waits for somebody who reads the same, or has it already. */
    CompletableFuture<Framed> read(CatchUp catchUp, Feed feed, Progress from, Executor readers) {
        return isFixed(feed, from)
                ? shared(catchUp, new Key(feed, from), readers)
                : begin(new CompletableFuture<>(), catchUp, feed, from, readers);
    }

    private static boolean isFixed(Feed feed, Progress from) {
        boolean isWindow = feed.watch().selection().top() != null;
        return from instanceof Progress.Log || (isWindow && from instanceof Progress.State);
    }

    private CompletableFuture<Framed> shared(CatchUp catchUp, Key key, Executor readers) {
        Reading mine;
        lock.lock();
        try {
            Reading known = readings.get(key);
            if (known != null) {
                return known.page;
            }
            mine = new Reading();
            readings.put(key, mine);
        } finally {
            lock.unlock();
        }
        mine.page.whenComplete((framed, failure) -> keep(key, mine, framed));
        return begin(mine.page, catchUp, key.feed, key.from, readers);
    }

    private static CompletableFuture<Framed> begin(
            CompletableFuture<Framed> framed,
            CatchUp catchUp,
            Feed feed,
            Progress from,
            Executor readers) {
        readers.execute(() -> read(framed, catchUp, feed, from));
        return framed;
    }

    private static void read(
            CompletableFuture<Framed> framed, CatchUp catchUp, Feed feed, Progress from) {
        try {
            Page page = catchUp.next(feed.watch(), from, PAGE_BYTES_MAX);
            framed.complete(
                    new Framed(page.events().size(), page.progress(), feed.frame(page.events())));
        } catch (RuntimeException failure) {
            framed.completeExceptionally(failure);
        } catch (Error failure) {
            framed.completeExceptionally(failure);
            throw failure;
        }
    }

    private void keep(Key key, Reading reading, @Nullable Framed framed) {
        lock.lock();
        try {
            if (framed == null || !leadsOn(framed.progress(), key.from)) {
                readings.remove(key);
                return;
            }
            reading.keptBytes = PAGE_BYTES + framed.frames().capacity();
            keptBytes += reading.keptBytes;
            forgetSome();
        } finally {
            lock.unlock();
        }
    }

    /** A reset depends on its time, and so does that there is nothing more. */
    private static boolean leadsOn(Progress progress, Progress from) {
        return revision(progress) > revision(from);
    }

    private static long revision(Progress progress) {
        return switch (progress) {
            case Progress.Log log -> log.revision();
            case Progress.State state -> state.revision();
            case Progress.Between between -> between.revision();
            case Progress.Lost ignored -> 0;
            case Progress.Searching ignored -> 0;
        };
    }

    @GuardedBy("lock") private void forgetSome() {
        Iterator<Reading> eldest = readings.values().iterator();
        while (keptBytes > bytesMax && eldest.hasNext()) {
            Reading reading = eldest.next();
            if (reading.keptBytes > 0) {
                keptBytes -= reading.keptBytes;
                eldest.remove();
            }
        }
    }
}
