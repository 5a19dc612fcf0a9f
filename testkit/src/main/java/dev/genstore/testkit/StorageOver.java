package dev.genstore.testkit;

import dev.genstore.store.Ledger;
import dev.genstore.store.Snapshot;
import dev.genstore.store.Storage;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/**
 * A storage that does what another does, but for what a test changes: {@link #ledger} for those who
 * write, {@link #seen} for those who read.
 */
public class StorageOver implements Storage {
    private final Storage real;

    protected StorageOver(Storage real) {
        this.real = real;
    }

    /** What a reading is given in place of this snapshot. */
    protected Snapshot seen(Snapshot snapshot) {
        return snapshot;
    }

    @Override
    public String epoch() {
        return real.epoch();
    }

    @Override
    public Ledger ledger() {
        return real.ledger();
    }

    @Override
    public <T extends @Nullable Object> T read(Function<Snapshot, T> reading) {
        return real.read(snapshot -> reading.apply(seen(snapshot)));
    }

    @Override
    public void close() {
        real.close();
    }
}
