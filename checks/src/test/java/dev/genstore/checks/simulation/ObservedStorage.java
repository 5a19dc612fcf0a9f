package dev.genstore.checks.simulation;

import dev.genstore.store.Ledger;
import dev.genstore.store.Snapshot;
import dev.genstore.testkit.Faults;
import dev.genstore.testkit.MemoryStorage;
import dev.genstore.testkit.StorageOver;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/** The storage, whose readers can be interrupted before and behind each reading. */
final class ObservedStorage extends StorageOver {
    private final World world;
    private final MemoryStorage real;
    private final ObservedLedger observed;

    ObservedStorage(World world, MemoryStorage real) {
        super(real);
        this.world = world;
        this.real = real;
        this.observed = new ObservedLedger(world, world.plant.ledger(real.ledger()), this::head);
    }

    Faults faults() {
        return real.faults();
    }

    /** Ends as a killed process does; returns the storage that starts from what is left. */
    ObservedStorage crash() {
        var next = new ObservedStorage(world, real.crash());
        observed.settle(next.head());
        return next;
    }

    /** The last revision that is durable. */
    long head() {
        return real.inspect(Snapshot::head);
    }

    @Override
    public Ledger ledger() {
        return observed;
    }

    @Override
    protected Snapshot seen(Snapshot snapshot) {
        return world.plant.snapshot(snapshot);
    }

    @Override
    public <T extends @Nullable Object> T read(Function<Snapshot, T> reading) {
        world.stage.interrupt();
        T result = super.read(reading);
        world.stage.interrupt();
        return result;
    }
}
