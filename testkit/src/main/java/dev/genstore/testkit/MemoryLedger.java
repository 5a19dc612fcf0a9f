package dev.genstore.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.genstore.query.Index;
import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;
import dev.genstore.store.CutStep;
import dev.genstore.store.IndexStep;
import dev.genstore.store.KeptAnswer;
import dev.genstore.store.Ledger;
import dev.genstore.store.StorageException;
import dev.genstore.store.StorageException.Kind;
import dev.genstore.testkit.Faults.Step;
import dev.genstore.testkit.MemoryTables.Declared;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The writing side of a {@link MemoryStorage}. It insists on the order of calls: after a failure of
 * the storage only {@link #recover} is accepted.
 *
 * <p>Thread-safe, so that a test can crash it from outside.
 */
final class MemoryLedger implements Ledger {
    private final MemoryDisk disk;
    private final Faults faults;

    @GuardedBy("this") private State state = State.IDLE;

    /** The open transaction's state, once it differs from what is written. */
    @GuardedBy("this") private @Nullable MemoryTables working;

    /** The indexes that can't be built. */
    @GuardedBy("this") private final Set<Declared> stuck = new HashSet<>();

    /**
     * <pre>
     * IDLE ──begin──► BEGUN ──commit──► IDLE
     * any ──a failure of the storage──► FAILED
     * any ──recover──► IDLE
     * any ──close──► CLOSED
     * </pre>
     */
    private enum State {
        IDLE,
        BEGUN,
        FAILED,
        CLOSED
    }

    MemoryLedger(MemoryDisk disk, Faults faults) {
        this.disk = disk;
        this.faults = faults;
    }

    @Override
    public synchronized void begin() {
        enter(State.IDLE, Step.BEGIN);
        state = State.BEGUN;
    }

    @Override
    public synchronized @Nullable Resource find(String collection, String id) {
        enter(State.BEGUN, Step.FIND);
        return tables().find(collection, id);
    }

    @Override
    public synchronized List<Resource> changed(
            String collection, long afterRevision, int countMax, long weightMax) {
        enter(State.BEGUN, Step.FIND);
        return tables().changed(collection, afterRevision, countMax, weightMax);
    }

    @Override
    public synchronized long count(String collection) {
        enter(State.BEGUN, Step.FIND);
        return tables().count(collection);
    }

    @Override
    public synchronized void append(Change change) {
        enter(State.BEGUN, Step.APPEND);
        writable().append(change);
    }

    @Override
    public synchronized long trim(long throughRevision) {
        enter(State.BEGUN, Step.TRIM);
        return writable().trim(throughRevision);
    }

    @Override
    public synchronized long timeMillis(long revision) {
        enter(State.BEGUN, Step.TRIM);
        return tables().timeMillis(revision);
    }

    @Override
    public synchronized long countWhole(
            String collection, long afterRevision, long throughRevision) {
        enter(State.BEGUN, Step.CUT);
        return tables().whole(collection, afterRevision, throughRevision).size();
    }

    @Override
    public synchronized CutStep cut(
            String collection,
            long afterRevision,
            long throughRevision,
            int countMax,
            long weightMax) {
        enter(State.BEGUN, Step.CUT);
        return writable().cut(collection, afterRevision, throughRevision, countMax, weightMax);
    }

    @Override
    public synchronized void indexes(String collection, Set<Index> wanted, Set<Index> later) {
        enter(State.BEGUN, Step.APPEND);
        if (!wanted.isEmpty()) {
            writable().keep(collection);
        }
        stuck.removeIf(
                each -> each.collection().equals(collection) && !wanted.contains(each.index()));
        if (!wanted.isEmpty() || tables().indexes.containsKey(collection)) {
            writable().indexes(collection, wanted, later);
        }
    }

    @Override
    public synchronized Set<Index> wholeIndexes(String collection) {
        enter(State.BEGUN, Step.INDEX);
        return tables().indexes(collection, true);
    }

    @Override
    public synchronized Set<Index> unfinishedIndexes(String collection) {
        enter(State.BEGUN, Step.INDEX);
        return tables().indexes(collection, false);
    }

    @Override
    public synchronized IndexStep workOnIndexes(int countMax) {
        Optional<Declared> next = tables().unfinishedIndex(stuck);
        if (next.isEmpty()) {
            return IndexStep.NOTHING;
        }
        enterIndex(next.get());
        return writable().workOn(next.get(), countMax);
    }

    /** An index for which that fails is passed over from then on. */
    @GuardedBy("this") private void enterIndex(Declared next) {
        try {
            enter(State.BEGUN, Step.INDEX);
        } catch (StorageException failure) {
            if (failure.kind() == Kind.DAMAGED) {
                stuck.add(next);
            }
            throw failure;
        } catch (RuntimeException bug) {
            stuck.add(next);
            throw bug;
        }
    }

    @Override
    public synchronized @Nullable KeptAnswer findAnswer(String key) {
        enter(State.BEGUN, Step.FIND);
        return tables().answers.get(key);
    }

    @Override
    public synchronized void keep(KeptAnswer answer) {
        enter(State.BEGUN, Step.KEEP);
        writable().keep(answer);
    }

    @Override
    public synchronized int trimAnswers(
            long timeMillis, long answersMax, long bytesMax, int countMax) {
        enter(State.BEGUN, Step.TRIM);
        return tables().answers.isEmpty()
                ? 0
                : writable().trimAnswers(timeMillis, answersMax, bytesMax, countMax);
    }

    @Override
    public synchronized void commit() {
        enter(State.BEGUN, Step.COMMIT);
        if (faults.takeOpenCommit()) {
            disk.writePerhaps(writable());
            end(State.FAILED);
            throw new StorageException(Kind.UNAVAILABLE, "planned: an open outcome", null);
        }
        if (working != null) {
            disk.write(working);
        }
        end(State.IDLE);
    }

    @Override
    public synchronized void recover() {
        requireOpen();
        faults.check(Step.RECOVER);
        disk.settle();
        end(State.IDLE);
    }

    synchronized void close() {
        end(State.CLOSED);
    }

    @GuardedBy("this") private void enter(State expected, Step step) {
        requireOpen();
        if (state != expected) {
            throw new IllegalStateException(step + " while the ledger is " + state);
        }
        try {
            faults.check(step);
        } catch (StorageException failure) {
            boolean isDamageOfOne = failure.kind() == Kind.DAMAGED
                    && (step == Step.FIND || step == Step.INDEX || step == Step.CUT);
            if (!isDamageOfOne) {
                end(State.FAILED);
            }
            throw failure;
        }
    }

    @GuardedBy("this") private void requireOpen() {
        if (state == State.CLOSED) {
            throw new StorageException(Kind.UNAVAILABLE, "The storage is closed.", null);
        }
    }

    @GuardedBy("this") private MemoryTables tables() {
        return working == null ? disk.written() : working;
    }

    @GuardedBy("this") private MemoryTables writable() {
        if (working == null) {
            working = disk.written().copy();
        }
        return working;
    }

    @GuardedBy("this") private void end(State next) {
        state = next;
        working = null;
    }
}
