package dev.genstore.checks.simulation;

import dev.genstore.hub.Sink;
import dev.genstore.store.CommitListener;
import dev.genstore.store.Ledger;
import dev.genstore.store.Snapshot;

/** Where a bug can be planted into the real parts. This one plants none. */
class Plant {
    /** What stands between the writer and the change log. */
    CommitListener listener(CommitListener real) {
        return real;
    }

    /** What stands between the writer and the storage. */
    Ledger ledger(Ledger real) {
        return real;
    }

    /** What stands between those who read the storage and its state. */
    Snapshot snapshot(Snapshot real) {
        return real;
    }

    /** What stands between a watcher and its client. */
    Sink sink(Sink real) {
        return real;
    }
}
