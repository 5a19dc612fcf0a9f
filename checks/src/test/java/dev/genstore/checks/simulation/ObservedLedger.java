package dev.genstore.checks.simulation;

import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;
import dev.genstore.store.Ledger;
import dev.genstore.testkit.LedgerOver;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Tells the model what has become durable, and lets the writer be interrupted at every call. After a
 * commit whose outcome is open, it looks what is there as soon as that is decided.
 */
final class ObservedLedger extends LedgerOver {
    private final World world;
    private final LongSupplier durableHead;
    private final List<Change> appended = new ArrayList<>();
    private List<Change> open = List.of();

    ObservedLedger(World world, Ledger real, LongSupplier durableHead) {
        super(real);
        this.world = world;
        this.durableHead = durableHead;
    }

    @Override
    public void begin() {
        appended.clear();
        world.stage.interrupt();
        super.begin();
    }

    @Override
    public @Nullable Resource find(String collection, String id) {
        world.stage.interrupt();
        return super.find(collection, id);
    }

    @Override
    public void append(Change change) {
        super.append(change);
        appended.add(change);
        world.stage.interrupt();
    }

    @Override
    public long trim(long revision, long timeMillis, int countMax) {
        long horizon = super.trim(revision, timeMillis, countMax);
        world.history.trimmed(horizon);
        return horizon;
    }

    @Override
    public void commit() {
        world.stage.interrupt();
        open = List.copyOf(appended);
        super.commit();
        world.stage.noting(() -> open.forEach(world.history::add));
        open = List.of();
        world.stage.interrupt();
    }

    @Override
    public void recover() {
        world.stage.interrupt();
        super.recover();
        world.stage.noting(() -> settle(durableHead.getAsLong()));
        world.stage.interrupt();
    }

    /** What was open is decided: this is the head. */
    void settle(long head) {
        if (head > world.history.head()) {
            open.forEach(world.history::add);
        }
        open = List.of();
        Violation.unless(
                head == world.history.head(),
                "%d changes are durable, the storage has %d",
                world.history.head(),
                head);
    }
}
