package dev.genstore.store;

import dev.genstore.resource.Change;
import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Group commit: takes all writes that wait, runs them in one transaction, makes it durable once,
 * publishes the changes and answers everybody. Alone a write costs one sync of the disk; under load
 * the batch grows and many share it.
 *
 * <p>No answer, not even a refusal, is given before the commit, because it may depend on a write of
 * the same batch. {@link #submit} is thread-safe; the rest is confined to the writer thread.
 */
public final class Writer {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final long FAILURE_LOG_MILLIS = 10_000;
    private static final int SURVIVORS_MAX = 1_000;
    private static final long SURVIVORS_WEIGHT_MAX = 64L << 20;

    private final Storage storage;
    private final Ledger ledger;
    private final String epoch;
    private final InstantSource clock;
    private final CommitListener listener;
    private final CommitMeter meter;
    private final LogTrim trim;
    private final BlockingQueue<Waiting> queue;

    /** A permit for each write that came, and one when it is closed, so that nobody waits then. */
    private final Semaphore arrivals = new Semaphore(0);

    private final int batchMax;

    private final List<Waiting> batch = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private long head;
    private long lastMillis;
    private boolean needsRecovery;
    private long failureLoggedMillis;

    private volatile long horizon;
    private volatile boolean closed;

    /**
     * What a writer is made of.
     *
     * @param retention how long the log is kept
     * @param waitingMax how many writes may wait; one more is answered 503
     * @param batchMax how many writes share one commit
     * @param clock tells the time of changes
     * @param listener hears of durable changes
     * @param meter measures commits
     */
    public record Setup(
            Retention retention,
            int waitingMax,
            int batchMax,
            InstantSource clock,
            CommitListener listener,
            CommitMeter meter) {
        /** Ten thousand writes may wait, a thousand share a commit, nothing is measured. */
        public static Setup of(Retention retention, InstantSource clock, CommitListener listener) {
            return new Setup(retention, 10_000, 1_000, clock, listener, CommitMeter.NONE);
        }

        /** The same, measured. */
        public Setup measuredBy(CommitMeter by) {
            return new Setup(retention, waitingMax, batchMax, clock, listener, by);
        }
    }

    public Writer(Storage storage, Setup setup) {
        this.storage = storage;
        this.ledger = storage.ledger();
        this.epoch = storage.epoch();
        this.clock = setup.clock();
        this.listener = setup.listener();
        this.meter = setup.meter();
        this.trim = new LogTrim(setup.retention(), setup.clock());
        this.queue = new ArrayBlockingQueue<>(setup.waitingMax());
        this.batchMax = setup.batchMax();
        storage.read(snapshot -> {
            head = snapshot.head();
            horizon = snapshot.horizon();
            lastMillis = snapshot.headMillis();
            return head;
        });
    }

    /** The log has the changes above this revision. Any thread may ask. */
    public long horizon() {
        return horizon;
    }

    /**
     * Queues a write. The future ends when it is durable, or fails with a {@link Problem}.
     *
     * @throws Problem 503 {@code overloaded} when too many writes wait, or {@code stopping}
     */
    public Future<Outcome> submit(Write write) {
        var waiting = new Waiting(write);
        if (closed) {
            throw stopping();
        }
        if (!queue.offer(waiting)) {
            throw ProblemType.OVERLOADED
                    .because("Too many writes wait for the disk; try again in a second.")
                    .with("Retry-After", "1");
        }
        arrivals.release();
        if (closed && queue.remove(waiting)) {
            throw stopping(); // it came behind the last commit, and nobody would answer it
        }
        return waiting.answer;
    }

    private static Problem stopping() {
        return ProblemType.STOPPING.because("The server is stopping.").with("Retry-After", "1");
    }

    /** Takes no further writes; those that wait are still committed. Any thread may call it. */
    public void close() {
        closed = true;
        arrivals.release();
    }

    /** Whether it is closed and nothing waits any more. */
    public boolean isDrained() {
        return closed && queue.isEmpty();
    }

    /** Waits at most this time for a write, then commits those that wait as one batch. */
    public void commitNext(long timeoutMillis) throws InterruptedException {
        if (queue.isEmpty()) {
            arrivals.tryAcquire(timeoutMillis, TimeUnit.MILLISECONDS);
        }
        arrivals.drainPermits();
        commitWaiting();
    }

    /** Commits the writes that wait as one batch, with a slice of retention. */
    public void commitWaiting() {
        queue.drainTo(batch, batchMax - batch.size());
        try {
            commitBatch();
        } catch (RuntimeException | Error failure) {
            failBatch(failure);
        } finally {
            batch.forEach(Waiting::tell);
            batch.clear();
            changes.clear();
        }
    }

    private void commitBatch() {
        long startNanos = System.nanoTime();
        recoverIfNeeded();
        ledger.begin();
        batch.forEach(this::decide);
        long trimmed = trim.run(ledger, head, horizon);
        ledger.commit();
        horizon = trimmed;
        publish(List.copyOf(changes));
        meter.committed(changes.size(), System.nanoTime() - startNanos);
    }

    private void publish(List<Change> durable) {
        if (!durable.isEmpty()) {
            head += durable.size();
            listener.committed(durable);
        }
    }

    /** A write that fails, fails alone; only a failing storage ends the whole batch. */
    private void decide(Waiting waiting) {
        try {
            waiting.decide(run(waiting.write));
        } catch (Problem problem) {
            waiting.fail(problem);
        } catch (StorageException failure) {
            throw failure;
        } catch (RuntimeException bug) {
            LOG.error(
                    "A write to {}/{} failed", waiting.write.collection(), waiting.write.id(), bug);
            waiting.fail(internal());
        }
    }

    private Outcome run(Write write) {
        Resource before = find(write);
        if (before == null && write.edit().needsResource()) {
            throw ProblemType.NOT_FOUND.because("There is no /api/" + write.collection() + "/"
                    + write.id() + "; it may have been deleted.");
        }
        write.precondition().check(before, epoch);
        Json members = write.edit().apply(before);
        if (before != null && members != null && members.saysTheSameAs(before.members())) {
            return new Outcome.Unchanged(before);
        }
        Change change = change(write, before, members);
        ledger.append(change);
        changes.add(change);
        return new Outcome.Changed(change);
    }

    /** A damaged resource is its writer's problem, not that of the others in the batch. */
    private @Nullable Resource find(Write write) {
        try {
            return ledger.find(write.collection(), write.id());
        } catch (StorageException failure) {
            if (failure.kind() == StorageException.Kind.DAMAGED) {
                LOG.error("{}/{} can't be written", write.collection(), write.id(), failure);
                throw failure.problem();
            }
            throw failure;
        }
    }

    /** Time never falls along the log, whatever the clock does. */
    private Change change(Write write, @Nullable Resource before, @Nullable Json members) {
        long revision = head + changes.size() + 1;
        lastMillis = Math.max(lastMillis, clock.millis());
        Resource after = null;
        if (members != null) {
            long createdMillis = before == null ? lastMillis : before.createdMillis();
            after = new Resource(
                    write.collection(), write.id(), revision, createdMillis, lastMillis, members);
        }
        return new Change(revision, lastMillis, before, after, write.origin());
    }

    /** Nobody's outcome holds any more, whatever was decided. */
    private void failBatch(Throwable failure) {
        logFailure(failure);
        needsRecovery = true;
        Problem told = failure instanceof StorageException storageFailure
                ? storageFailure.problem()
                : internal();
        batch.forEach(waiting -> waiting.fail(told));
    }

    /** While the disk is full every write fails alike: one line is enough for a while. */
    private void logFailure(Throwable failure) {
        long nowMillis = clock.millis();
        if (Math.abs(nowMillis - failureLoggedMillis) >= FAILURE_LOG_MILLIS) {
            LOG.error("A commit of {} writes failed", batch.size(), failure);
            failureLoggedMillis = nowMillis;
        }
    }

    private static Problem internal() {
        return ProblemType.INTERNAL.because("The server failed; its log says more.");
    }

    /**
     * After a failed commit its outcome is open. What turns out to be durable has been refused to its
     * writers, but it is part of the history, so it is published.
     */
    private void recoverIfNeeded() {
        if (!needsRecovery) {
            return;
        }
        ledger.recover();
        for (List<Change> survivors = survivors(); !survivors.isEmpty(); survivors = survivors()) {
            publish(survivors);
        }
        horizon = storage.read(Snapshot::horizon);
        needsRecovery = false;
        LOG.info("The storage accepts writes again");
    }

    private List<Change> survivors() {
        return storage.read(
                snapshot -> snapshot.changes(head, SURVIVORS_MAX, SURVIVORS_WEIGHT_MAX));
    }
}
