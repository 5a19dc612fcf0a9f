package dev.genstore.checks.crash;

import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;
import dev.genstore.store.CommitListener;
import dev.genstore.store.Ledger;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A ledger that, where the fault says so, does not commit when it should. Confined to the writer
 * thread.
 */
final class FaultyLedger implements Ledger {
    private final Ledger sound;
    private final Fault fault;
    private final List<Change> begun = new ArrayList<>();
    private CommitListener listener = changes -> {};
    private boolean isOpen;

    FaultyLedger(Ledger sound, Fault fault) {
        this.sound = sound;
        this.fault = fault;
    }

    void tell(CommitListener told) {
        listener = told;
    }

    @Override
    public void begin() {
        begun.clear();
        if (!isOpen) {
            sound.begin();
            isOpen = true;
        }
    }

    @Override
    public @Nullable Resource find(String collection, String id) {
        return sound.find(collection, id);
    }

    @Override
    public void append(Change change) {
        sound.append(change);
        begun.add(change);
    }

    @Override
    public long trim(long revision, long timeMillis, int countMax) {
        return sound.trim(revision, timeMillis, countMax);
    }

    @Override
    public void commit() {
        boolean isLate = !begun.isEmpty() && begun.getLast().revision() > Fault.SOUND_CHANGES;
        if (fault == Fault.TELLS_EARLY) {
            listener.committed(List.copyOf(begun));
        }
        if (isLate && fault == Fault.TELLS_EARLY) {
            waitForTheKill();
        }
        if (!isLate || fault != Fault.ANSWERS_EARLY) {
            sound.commit();
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
        sound.recover();
        isOpen = false;
    }
}
