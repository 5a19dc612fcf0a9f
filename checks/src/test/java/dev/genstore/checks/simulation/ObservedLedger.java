package dev.genstore.checks.simulation;

import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;
import dev.genstore.store.CutStep;
import dev.genstore.store.Ledger;
import dev.genstore.testkit.LedgerOver;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/**
 * Tells the model what has become durable, and lets the writer be interrupted at every call. After a
 * commit whose outcome is open, it looks what is there as soon as that is decided.
 */
final class ObservedLedger extends LedgerOver {
    private final World world;
    private final Keeping retention;
    private final LongSupplier durableHead;
    private final List<Change> appended = new ArrayList<>();
    private List<Change> open = List.of();

    ObservedLedger(World world, Ledger real, LongSupplier durableHead) {
        super(real);
        this.world = world;
        this.retention = new Keeping(world);
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
    public long trim(long throughRevision) {
        long horizon = super.trim(throughRevision);
        world.history.trimmed(horizon);
        return horizon;
    }

    /** What is cut has to be what the collection's definition says, and is told to the model. */
    @Override
    public CutStep cut(
            String collection,
            long afterRevision,
            long throughRevision,
            int countMax,
            long weightMax) {
        world.stage.interrupt();
        List<Long> whole = LongStream.rangeClosed(afterRevision + 1, throughRevision)
                .filter(each -> super.countWhole(collection, each - 1, each) > 0)
                .boxed()
                .toList();
        CutStep step = super.cut(collection, afterRevision, throughRevision, countMax, weightMax);
        world.stage.noting(
                () -> whole.stream().filter(each -> each <= step.through()).forEach(this::cut));
        return step;
    }

    private void cut(long revision) {
        retention.check(world.history.get(revision));
        world.history.cut(revision);
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
