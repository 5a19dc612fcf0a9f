package dev.genstore.checks.harness;

import dev.genstore.resource.Change;
import dev.genstore.store.Ledger;
import dev.genstore.store.Storage;
import dev.genstore.testkit.LedgerOver;
import dev.genstore.testkit.StorageOver;

import java.util.concurrent.Semaphore;

/** A storage whose commits wait while they are held, as those of a slow disk do. Thread-safe. */
public final class HeldStorage extends StorageOver {
    private final Semaphore gate = new Semaphore(1);
    private final Semaphore waiting = new Semaphore(0);

    public HeldStorage(Storage storage) {
        super(storage);
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
    public Ledger ledger() {
        return new HeldLedger(super.ledger());
    }

    private final class HeldLedger extends LedgerOver {
        private boolean hasChange;

        HeldLedger(Ledger ledger) {
            super(ledger);
        }

        @Override
        public void begin() {
            hasChange = false;
            super.begin();
        }

        @Override
        public void append(Change change) {
            hasChange = true;
            super.append(change);
        }

        @Override
        public void commit() {
            if (hasChange) {
                waiting.release();
                gate.acquireUninterruptibly();
                gate.release();
            }
            super.commit();
        }
    }
}
