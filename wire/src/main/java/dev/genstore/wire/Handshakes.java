package dev.genstore.wire;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The TLS handshakes that are not done yet. Each takes memory, and milliseconds of a core, from somebody
 * of whom nothing is known. So there are only so many: one more makes the oldest give way, which is hardly
 * ever one that goes on, as those are done in a moment. And only so many are computed at once, by threads
 * of their own: however many there are, half of the cores are for those who are in.
 *
 * <p>Thread-safe.
 */
final class Handshakes {
    static final int COUNT_MAX = 1_000;

    private static final long THREAD_SECONDS = 10;

    private final ReentrantLock lock = new ReentrantLock();

    /** In the order in which they began, with what is to be computed for each. */
    @GuardedBy("lock") private final Map<TlsDoor, Runnable> shaking = new LinkedHashMap<>();

    private final ThreadPoolExecutor threads;

    Handshakes(int cores) {
        int atOnce = Math.max(1, cores / 2);
        threads = new ThreadPoolExecutor(
                atOnce,
                atOnce,
                THREAD_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("genstore-handshake-", 1).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /** Another one begins. */
    void begin(TlsDoor door) {
        TlsDoor oldest = add(door);
        if (oldest != null) {
            oldest.giveWay();
        }
    }

    /** As long as it has nothing to be computed. */
    private static void nothing() {}

    /** Takes it in, and takes out the one that there is no room for any more. */
    private @Nullable TlsDoor add(TlsDoor door) {
        lock.lock();
        try {
            shaking.put(door, Handshakes::nothing);
            if (shaking.size() <= COUNT_MAX) {
                return null;
            }
            TlsDoor oldest = shaking.keySet().iterator().next();
            remove(oldest);
            return oldest;
        } finally {
            lock.unlock();
        }
    }

    /** It is done, or over. */
    void end(TlsDoor door) {
        lock.lock();
        try {
            remove(door);
        } finally {
            lock.unlock();
        }
    }

    /** What waits for its turn is one thing for each at most, and goes with it. */
    @GuardedBy("lock") private void remove(TlsDoor door) {
        Runnable waiting = shaking.remove(door);
        if (waiting != null) {
            threads.remove(waiting);
        }
    }

    /**
     * Computes what this one needs; what waits for its turn goes when it gives way. One that is done may
     * need something, too: a client may ask for another handshake, which is refused.
     */
    Executor computing(TlsDoor door) {
        return task -> compute(door, task);
    }

    private void compute(TlsDoor door, Runnable task) {
        lock.lock();
        try {
            shaking.replace(door, task);
            threads.execute(task);
        } finally {
            lock.unlock();
        }
    }

    /** No further one is computed. */
    void stop() {
        threads.shutdownNow();
    }
}
