package dev.genstore.testkit;

import dev.genstore.store.Ledger;
import dev.genstore.store.Snapshot;
import dev.genstore.store.Storage;
import dev.genstore.store.StorageException;
import dev.genstore.store.StorageException.Kind;
import dev.genstore.testkit.Faults.Step;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * A storage in memory that can fail and crash, and does both only when it is told to. Each commit
 * that wrote something copies the state, so it is meant for thousands of resources, not for millions.
 *
 * <p>Thread-safe.
 */
public final class MemoryStorage implements Storage {
    private final MemoryDisk disk;
    private final Faults faults = new Faults();
    private final MemoryLedger ledger;
    private final AtomicBoolean closed = new AtomicBoolean();

    MemoryStorage(MemoryDisk disk) {
        this.disk = disk;
        this.ledger = new MemoryLedger(disk, faults);
    }

    /** What will go wrong. */
    public Faults faults() {
        return faults;
    }

    /**
     * Ends as a process that is killed: what was not committed is lost, and so is, by chance, a
     * commit whose outcome was open. Returns the storage that starts from what is left.
     */
    public MemoryStorage crash() {
        close();
        return disk.open();
    }

    /** Reads what is durable, whatever is planned to fail. */
    public <T extends @Nullable Object> T inspect(Function<Snapshot, T> reading) {
        var snapshot = new MemorySnapshot(disk.written());
        try {
            return reading.apply(snapshot);
        } finally {
            snapshot.end();
        }
    }

    @Override
    public String epoch() {
        return disk.epoch();
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public <T extends @Nullable Object> T read(Function<Snapshot, T> reading) {
        if (closed.get()) {
            throw new StorageException(Kind.UNAVAILABLE, "The storage is closed.", null);
        }
        faults.check(Step.READ);
        return inspect(reading);
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            ledger.close();
            disk.free();
        }
    }
}
