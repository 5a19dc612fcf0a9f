package dev.genstore.store;

import dev.genstore.query.Authority;
import dev.genstore.query.Index;
import dev.genstore.resource.Change;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Group commit: takes all writes that wait, runs them in one transaction, makes it durable once,
 * publishes the changes and answers everybody. Alone a write costs one sync of the disk; under load
 * the group grows and many share it.
 *
 * <p>No answer, not even a refusal, is given before the commit, because it may depend on a write of
 * the same group. {@link #submit} is thread-safe; the rest is confined to the writer thread.
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
    private final KeptAnswers answers;
    private final Definitions definitions;
    private final Indexing indexing;
    private final Cutting cutting;
    private final Background background;
    private final AtOnce atOnce = new AtOnce();
    private final RuleBook rules;
    private final BlockingQueue<Waiting> queue;

    /** A permit for each write that came, and one when it is closed, so that nobody waits then. */
    private final Semaphore arrivals = new Semaphore(0);

    private final CommitGroup group;
    private final List<Change> changes = new ArrayList<>();
    private long head;
    private long lastMillis;
    private boolean needsRecovery;
    private long failureLoggedMillis;

    private volatile long horizon;
    private volatile boolean closed;

    public Writer(Storage storage, WriterSetup setup) {
        this.storage = storage;
        this.ledger = storage.ledger();
        this.epoch = storage.epoch();
        this.clock = setup.clock();
        this.listener = setup.listener();
        this.meter = setup.meter();
        this.cutting = new Cutting(ledger);
        this.trim = new LogTrim(setup.retention(), setup.clock(), cutting);
        this.definitions = new Definitions(this::find, setup.schemas(), setup.rules());
        this.indexing = new Indexing(ledger, this::find);
        this.background = new Background(ledger, indexing, cutting);
        this.rules = new RuleBook(setup.rules());
        this.answers = new KeptAnswers(ledger, setup.answers());
        this.queue = new ArrayBlockingQueue<>(setup.waitingMax());
        this.group = new CommitGroup(setup.batchMax());
        storage.readLong(snapshot -> {
            head = snapshot.head();
            horizon = snapshot.horizon();
            lastMillis = snapshot.headMillis();
            rules.load(snapshot);
            cutting.load(snapshot);
            return head;
        });
    }

    /** The log has the changes above this revision. Any thread may ask. */
    public long horizon() {
        return horizon;
    }

    /** Queues a write by itself, as {@link #submit(Batch)} does. */
    public Future<Outcome> submit(Write write) {
        return submit(Batch.alone(write, null))
                .thenApply(done -> ((Done.Now) done).outcomes().getFirst());
    }

    /**
     * Queues a batch. The future ends when it is durable, or fails with a {@link Problem}.
     *
     * @throws Problem 503 {@code overloaded} when too many wait, or {@code stopping}
     */
    public CompletableFuture<Done> submit(Batch batch) {
        return submit(batch, List.of());
    }

    /** The same, with what was found out about its writes. */
    CompletableFuture<Done> submit(Batch batch, List<Optional<Preview>> previews) {
        var waiting = new Waiting(batch, previews);
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

    /** What may be read; any thread may ask. */
    RuleBook rules() {
        return rules;
    }

    /** What says what may be done, in somebody's name. Any thread may ask. */
    Permission permission(Function<String, Definition> defined, Authority by) {
        return new Permission(defined, by, epoch);
    }

    /** About when a change would be made that is asked for now. Any thread may ask. */
    long presentMillis() {
        return clock.millis();
    }

    /** What is known of collections; only some of it may be asked by any thread. */
    Definitions definitions() {
        return definitions;
    }

    /** Takes no further writes; those that wait are still committed. Any thread may call it. */
    public void close() {
        closed = true;
        arrivals.release();
    }

    /** Whether it is closed and nothing waits any more. To be asked on the writer thread. */
    public boolean isDrained() {
        return closed && hasNothingWaiting();
    }

    private boolean hasNothingWaiting() {
        return queue.isEmpty() && group.isEmpty();
    }

    /** Waits at most this time for a write, then commits those that wait together. */
    public void commitNext(long timeoutMillis) throws InterruptedException {
        boolean hasWork = background.mayHaveMore(nowMillis()) && !needsRecovery;
        if (hasNothingWaiting() && !hasWork) {
            arrivals.tryAcquire(timeoutMillis, TimeUnit.MILLISECONDS);
        }
        arrivals.drainPermits();
        commitWaiting();
    }

    /** Commits the writes that wait together, with a slice of retention and of new indexes. */
    public void commitWaiting() {
        group.take(queue);
        try {
            commitGroup();
        } catch (RuntimeException | Error failure) {
            failGroup(failure);
        } finally {
            group.tell();
            changes.clear();
        }
    }

    private void commitGroup() {
        long startNanos = System.nanoTime();
        recoverIfNeeded();
        begin();
        if (!background.run(group.isEmpty(), head, horizon, nowMillis(), this::append)) {
            background.giveUp();
            changes.clear();
            begin();
        }
        group.decide(this::decide);
        answers.trim(nowMillis());
        long trimmed = trim.run(ledger, head, horizon);
        ledger.commit();
        group.durable(startNanos);
        definitions.commit();
        horizon = trimmed;
        publish(List.copyOf(changes));
        meter.committed(changes.size(), System.nanoTime() - startNanos);
    }

    private void begin() {
        ledger.begin();
        rules.begin();
        cutting.begin();
        atOnce.begin();
        group.begin();
    }

    private void publish(List<Change> durable) {
        if (!durable.isEmpty()) {
            head += durable.size();
            rules.committed(durable);
            cutting.committed(durable);
            listener.committed(durable);
        }
    }

    /** What fails, fails alone; only a failing storage ends the whole group. */
    private void decide(Waiting waiting) {
        try {
            waiting.decide(run(waiting));
        } catch (Problem | Unsettled refusal) {
            waiting.fail(refusal);
        } catch (StorageException failure) {
            throw failure;
        } catch (RuntimeException bug) {
            LOG.error("A write failed: {}", waiting.batch.writes().getFirst(), bug);
            waiting.fail(internal());
        }
    }

    private Done run(Waiting waiting) {
        Once once = waiting.batch.once();
        Done.Before before = once == null ? null : answers.find(once, nowMillis());
        return before == null ? write(waiting) : before;
    }

    /** What can be refused is refused before anything of it is written. */
    private Done.Now write(Waiting waiting) {
        Batch batch = waiting.batch;
        long timeMillis = nowMillis();
        var admission =
                new Admission(definitions, rules, cutting, atOnce, ledger, batch, waiting.previews);
        var done = new Done.Now(decide(waiting, admission, timeMillis));
        Once once = batch.once();
        String answer = once == null ? "" : once.answer().apply(done.outcomes());
        int countBefore = changes.size();
        try {
            append(done.outcomes());
            admission
                    .defined()
                    .forEach((name, definition) ->
                            define(name, definition, admission.building(name)));
            if (once != null) {
                answers.keep(once, answer, timeMillis);
            }
        } catch (RuntimeException failure) {
            throw changes.size() == countBefore ? failure : half(failure);
        }
        return done;
    }

    private List<Outcome> decide(Waiting waiting, Admission admission, long timeMillis) {
        Permission permission = permission(admission::definition, waiting.batch.by());
        long last = head + changes.size();
        var plan = new Plan(this::find, admission, permission, last, timeMillis);
        try {
            return plan.decide(waiting.batch);
        } finally {
            waiting.weigh(plan.costBytes());
        }
    }

    private void append(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Changed(Change change)) {
                append(change);
            }
        }
    }

    private void append(Change change) {
        ledger.append(change);
        changes.add(change);
        group.weigh(change.after());
        lastMillis = change.timeMillis();
    }

    private void define(String collection, Definition definition, Set<Index> later) {
        ledger.indexes(collection, definition.indexes(), later);
        indexing.look();
        definitions.define(collection, definition);
        rules.define(collection, definition);
        cutting.define(collection, definition);
    }

    /** Some of it is in the transaction, which must not be committed any more. */
    private static StorageException half(RuntimeException failure) {
        return failure instanceof StorageException known
                ? known
                : new StorageException(
                        StorageException.Kind.UNAVAILABLE,
                        "What was decided can't be written whole.",
                        failure);
    }

    /** A damaged resource is its writer's problem, not that of the others in the commit. */
    private @Nullable Resource find(String collection, String id) {
        try {
            Resource found = ledger.find(collection, id);
            group.weigh(found);
            return found;
        } catch (StorageException failure) {
            if (failure.kind() == StorageException.Kind.DAMAGED) {
                LOG.error("{}/{} can't be written", collection, id, failure);
                throw failure.problem();
            }
            throw failure;
        }
    }

    /** Time never falls along the log, whatever the clock does. */
    private long nowMillis() {
        return Math.max(lastMillis, clock.millis());
    }

    /** Nobody's outcome holds any more, whatever was decided. */
    private void failGroup(Throwable failure) {
        logFailure(failure);
        needsRecovery = true;
        definitions.forget();
        background.forget();
        Problem told = failure instanceof StorageException storageFailure
                ? storageFailure.problem()
                : internal();
        group.fail(told);
    }

    /** While the disk is full every write fails alike: one line is enough for a while. */
    private void logFailure(Throwable failure) {
        long nowMillis = clock.millis();
        if (Math.abs(nowMillis - failureLoggedMillis) >= FAILURE_LOG_MILLIS) {
            LOG.error("A commit of {} writes failed", group.size(), failure);
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
