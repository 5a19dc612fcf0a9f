package dev.genstore.checks.crash;

import dev.genstore.resource.Change;
import dev.genstore.store.CommitListener;
import dev.genstore.store.Ledger;
import dev.genstore.testkit.LedgerOver;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A ledger that, where the fault says so, does not commit when it should. Confined to the writer
 * thread.
 */
final class FaultyLedger extends LedgerOver {
    private final Fault fault;
    private final List<Change> begun = new ArrayList<>();
    private CommitListener listener = changes -> {};
    private boolean isOpen;
    private boolean isLate;

    FaultyLedger(Ledger sound, Fault fault) {
        super(sound);
        this.fault = fault;
    }

    void tell(CommitListener told) {
        listener = told;
    }

    @Override
    public void begin() {
        begun.clear();
        if (!isOpen) {
            super.begin();
            isOpen = true;
        }
    }

    @Override
    public void append(Change change) {
        super.append(change);
        begun.add(change);
        isLate |=
                change.revision() > Fault.SOUND_CHANGES; // and housekeeping commits nothing either
    }

    @Override
    public void commit() {
        if (fault == Fault.TELLS_EARLY) {
            listener.committed(List.copyOf(begun));
        }
        if (isLate && fault == Fault.TELLS_EARLY) {
            waitForTheKill();
        }
        if (!isLate || fault != Fault.ANSWERS_EARLY) {
            super.commit();
            isOpen = false;
        }
    }

    private static void waitForTheKill() {
        while (true) {
            LockSupport.park();
        }
    }

    @Override
    public void recover() {
        super.recover();
        isOpen = false;
    }
}
