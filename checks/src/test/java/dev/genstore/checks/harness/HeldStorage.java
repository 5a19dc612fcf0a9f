package dev.genstore.checks.harness;

import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;
import dev.genstore.store.Ledger;
import dev.genstore.store.Snapshot;
import dev.genstore.store.Storage;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** A storage whose commits wait while they are held, as those of a slow disk do. Thread-safe. */
public final class HeldStorage implements Storage {
    private final Storage storage;
    private final Semaphore gate = new Semaphore(1);
    private final Semaphore waiting = new Semaphore(0);

    public HeldStorage(Storage storage) {
        this.storage = storage;
    }

    /** From now on no commit with a change ends. */
    public void hold() {
        gate.acquireUninterruptibly();
    }

    /** Returns when a commit with a change is held. */
    public void awaitCommit() {
        waiting.acquireUninterruptibly();
    }

    public void release() {
        gate.release();
    }

    @Override
    public String epoch() {
        return storage.epoch();
    }

    @Override
    public Ledger ledger() {
        return new HeldLedger(storage.ledger());
    }

    @Override
    public <T extends @Nullable Object> T read(Function<Snapshot, T> reading) {
        return storage.read(reading);
    }

    @Override
    public void close() {
        storage.close();
    }

    private final class HeldLedger implements Ledger {
        private final Ledger ledger;
        private boolean hasChange;

        HeldLedger(Ledger ledger) {
            this.ledger = ledger;
        }

        @Override
        public void begin() {
            hasChange = false;
            ledger.begin();
        }

        @Override
        public @Nullable Resource find(String collection, String id) {
            return ledger.find(collection, id);
        }

        @Override
        public void append(Change change) {
            hasChange = true;
            ledger.append(change);
        }

        @Override
        public long trim(long revision, long timeMillis, int countMax) {
            return ledger.trim(revision, timeMillis, countMax);
        }

        @Override
        public void commit() {
            if (hasChange) {
                waiting.release();
                gate.acquireUninterruptibly();
                gate.release();
            }
            ledger.commit();
        }

        @Override
        public void recover() {
            ledger.recover();
        }
    }
}
