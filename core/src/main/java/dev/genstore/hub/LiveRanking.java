package dev.genstore.hub;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.genstore.resource.Change;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a live window shows where the hub is. It goes along with the hub, and a new one is read in time
 * behind its back; what changes in the meantime is kept, so that the new one can catch up.
 *
 * <pre>
 *              taken over                     exhausted, too heavy, failed
 *   ABSENT ──────────────────▶ PRESENT ──────────────────────────────────▶ ABSENT
 *                               │   ▲
 *                               └───┘ taken over before it is exhausted
 * </pre>
 *
 * <p>As long as it is absent nobody knows what a change does to the window, and its watchers read that
 * from the log, where it is found in the same way.
 *
 * <p>Thread-safe. Only the hub's thread calls {@link #see}; whoever has read a new one, {@link #take}.
 */
final class LiveRanking {
    private static final int MEANWHILE_COUNT_MAX = 10_000;
    private static final long MEANWHILE_WEIGHT_MAX = 4 << 20;

    /** So many changes of the window's collection pass before a failure is tried again. */
    private static final int PAUSE = 100;

    private final RankingMemory memory;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private @Nullable Ranking present;

    /** It was read, and waits for the hub to come to where it is. */
    @GuardedBy("lock") private @Nullable Ranking fresh;

    @GuardedBy("lock") private boolean isAwaited;

    /** How often one was asked for: what comes for an earlier time is too old. */
    @GuardedBy("lock") private long asked;

    /** What the hub has seen since a new one was asked for. */
    @GuardedBy("lock") private final List<Change> meanwhile = new ArrayList<>();

    @GuardedBy("lock") private long meanwhileWeight;

    @GuardedBy("lock") private int pause;

    @GuardedBy("lock") private long takenBytes;

    @GuardedBy("lock") private boolean isClosed;

    private volatile boolean isPresent;

    LiveRanking(RankingMemory memory) {
        this.memory = memory;
    }

    /** What the next change does to the window; empty when that is not known. */
    Optional<List<Sight>> see(Transition transition) {
        lock.lock();
        try {
            return trySee(transition);
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock") private Optional<List<Sight>> trySee(Transition transition) {
        try {
            takeOver(transition.revision());
            keep(transition.change());
            return seen(transition);
        } catch (RuntimeException | OutOfMemoryError failure) {
            giveUp();
            throw failure;
        } finally {
            account();
        }
    }

    @GuardedBy("lock") private Optional<List<Sight>> seen(Transition transition) {
        Ranking ranking = present;
        if (ranking == null || ranking.revision() >= transition.revision()) {
            present = null;
            return Optional.empty();
        }
        List<Sight> sights = ranking.see(transition);
        if (ranking.isExhausted()) {
            present = null;
            return Optional.empty();
        }
        return Optional.of(sights);
    }

    /** Takes the new one over, if it has not seen this change. */
    @GuardedBy("lock") private void takeOver(long revision) {
        Ranking ranking = fresh;
        if (ranking == null || ranking.revision() >= revision) {
            return;
        }
        for (Change change : meanwhile) {
            if (change.revision() > ranking.revision() && !ranking.isExhausted()) {
                ranking.see(new Transition(change));
            }
        }
        present = ranking.isExhausted() ? present : ranking;
        arrived();
    }

    @GuardedBy("lock") private void arrived() {
        fresh = null;
        isAwaited = false;
        meanwhile.clear();
        meanwhileWeight = 0;
    }

    @GuardedBy("lock") private void giveUp() {
        present = null;
        pause = PAUSE;
        arrived();
    }

    /** What is too much to be kept makes the one that is read worthless. */
    @GuardedBy("lock") private void keep(Change change) {
        if (!isAwaited) {
            return;
        }
        meanwhile.add(change);
        meanwhileWeight += change.weightBytes();
        if (meanwhile.size() > MEANWHILE_COUNT_MAX || meanwhileWeight > MEANWHILE_WEIGHT_MAX) {
            arrived();
            pause = PAUSE;
        }
    }

    /** Whether it is known what the window shows. Waits for nobody. */
    boolean isPresent() {
        return isPresent;
    }

    /** The number of the new one that should be read now, if one should; who is told has to do it. */
    OptionalLong asks() {
        lock.lock();
        try {
            boolean isDue = present == null || present.isLow();
            if (!isDue || isAwaited || isClosed) {
                return OptionalLong.empty();
            }
            if (pause > 0) {
                pause--;
                return OptionalLong.empty();
            }
            isAwaited = true;
            asked++;
            return OptionalLong.of(asked);
        } finally {
            lock.unlock();
        }
    }

    /** Takes the new one of this number, of where the hub was when it asked, or behind that. */
    void take(long number, Ranking read) {
        lock.lock();
        try {
            if (isAwaited && number == asked) {
                fresh = read;
                account();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The new one of this number can't be read. */
    void fail(long number) {
        lock.lock();
        try {
            if (isAwaited && number == asked) {
                arrived();
                pause = PAUSE;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what it knows: the hub has passed over some changes. */
    void lose() {
        lock.lock();
        try {
            present = null;
            arrived();
            account();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody follows the window any more. */
    void close() {
        lock.lock();
        try {
            isClosed = true;
            present = null;
            arrived();
            account();
        } finally {
            lock.unlock();
        }
    }

    /** Says what it takes, and gives up when that is too much. */
    @GuardedBy("lock") private void account() {
        takes(weight(present) + weight(fresh) + meanwhileWeight);
        boolean isTooHeavy = weight(present) > 2 * RankingReader.WEIGHT_MAX;
        if (isTooHeavy || memory.isFull()) {
            giveUp();
            takes(0);
        }
        isPresent = present != null;
    }

    @GuardedBy("lock") private void takes(long bytes) {
        memory.grew(bytes - takenBytes);
        takenBytes = bytes;
    }

    private static long weight(@Nullable Ranking ranking) {
        return ranking == null ? 0 : ranking.weightBytes();
    }
}
