package dev.genstore.checks.crash;

import dev.genstore.resource.LogEntry;
import dev.genstore.store.CommitListener;
import dev.genstore.store.Ledger;
import dev.genstore.store.Snapshot;
import dev.genstore.store.Storage;
import dev.genstore.testkit.SnapshotOver;
import dev.genstore.testkit.StorageOver;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A storage with a planted bug. As thread-safe as the storage that it is made of. */
final class FaultyStorage extends StorageOver {
    private final Fault fault;
    private final FaultyLedger ledger;

    FaultyStorage(Storage sound, Fault fault) {
        super(sound);
        this.fault = fault;
        this.ledger = new FaultyLedger(sound.ledger(), fault);
    }

    /** Who is told early, where that is the fault. */
    void tell(CommitListener listener) {
        ledger.tell(listener);
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    protected Snapshot seen(Snapshot sound) {
        return new SnapshotOver(sound) {
            @Override
            public List<LogEntry> log(long afterRevision, int countMax, long weightMax) {
                return faulty(super.log(afterRevision, countMax, weightMax));
            }
        };
    }

    private List<LogEntry> faulty(List<LogEntry> sound) {
        var changes = new ArrayList<>(sound);
        int middle = changes.size() / 2;
        if (middle == 0) {
            return changes;
        }
        switch (fault) {
            case LOSES_EVENT -> changes.remove(middle - 1);
            case DOUBLES_EVENT -> changes.add(middle, changes.get(middle));
            case SWAPS_EVENTS -> Collections.swap(changes, middle - 1, middle);
            case TELLS_EARLY, ANSWERS_EARLY -> {}
        }
        return changes;
    }
}
