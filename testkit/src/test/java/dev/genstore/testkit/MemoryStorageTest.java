package dev.genstore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.genstore.store.Snapshot;
import dev.genstore.store.StorageException;
import dev.genstore.store.StorageException.Kind;
import dev.genstore.testkit.Faults.Step;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What {@link MemoryStorage} can do that a real storage does only when it is unlucky. */
class MemoryStorageTest {
    private final Chronicle chronicle = new Chronicle();
    private MemoryStorage storage = new MemoryDisk(new Random(1)).open();

    @Test
    void a_crash_loses_what_was_not_committed() {
        create("1");
        storage.ledger().begin();
        storage.ledger().append(chronicle.create("notes", "2", "{}"));
        storage = storage.crash();
        assertThat(head()).isEqualTo(1);
    }

    @Test
    void a_crashed_storage_does_nothing_any_more() {
        storage.crash();
        assertFails(Kind.UNAVAILABLE, () -> storage.ledger().begin());
        assertFails(Kind.UNAVAILABLE, () -> storage.ledger().recover());
        assertFails(Kind.UNAVAILABLE, () -> storage.read(Snapshot::head));
    }

    @Test
    void a_disk_has_one_storage_at_a_time() {
        var disk = new MemoryDisk(new Random(1));
        MemoryStorage first = disk.open();
        assertThatIllegalStateException().isThrownBy(disk::open);
        first.close();
        disk.open().close();
    }

    @Test
    void a_planned_failure_happens_once_at_its_step() {
        storage.faults().failNext(Step.BEGIN, Kind.UNAVAILABLE);
        assertFails(Kind.UNAVAILABLE, () -> storage.ledger().begin());
        storage.faults().failNext(Step.RECOVER, Kind.UNAVAILABLE);
        assertFails(Kind.UNAVAILABLE, () -> storage.ledger().recover());
        storage.ledger().recover();
        storage.faults().failNext(Step.READ, Kind.DAMAGED);
        assertFails(Kind.DAMAGED, () -> storage.read(Snapshot::head));
        create("1");
        assertThat(head()).isEqualTo(1);
    }

    @Test
    void a_commit_that_fails_writes_nothing() {
        storage.faults().failNext(Step.COMMIT, Kind.FULL);
        assertFails(Kind.FULL, () -> create("1"));
        storage.ledger().recover();
        assertThat(head()).isZero();
    }

    @Test
    void an_append_that_fails_by_itself_leaves_the_transaction_open() {
        storage.faults().failNext(Step.APPEND, new IllegalStateException("planned"));
        storage.ledger().begin();
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> storage.ledger().append(new Chronicle().create("notes", "1", "{}")));
        storage.ledger().append(chronicle.create("notes", "2", "{}"));
        storage.ledger().commit();
        assertThat(head()).isEqualTo(1);
    }

    @Test
    void a_damaged_resource_leaves_the_transaction_open() {
        storage.faults().failNext(Step.FIND, Kind.DAMAGED);
        storage.ledger().begin();
        assertFails(Kind.DAMAGED, () -> storage.ledger().find("notes", "1"));
        storage.ledger().append(chronicle.create("notes", "2", "{}"));
        storage.ledger().commit();
        assertThat(head()).isEqualTo(1);
    }

    @Test
    void a_failure_must_be_recovered_from_before_the_next_transaction() {
        storage.faults().failNext(Step.COMMIT, Kind.UNAVAILABLE);
        assertFails(Kind.UNAVAILABLE, () -> create("1"));
        assertThatIllegalStateException().isThrownBy(() -> storage.ledger().begin());
        storage.ledger().recover();
        storage.ledger().begin();
    }

    @Test
    void an_open_commit_survives_a_recovery_or_not() {
        assertThat(headsAfterOpenCommits(false)).containsExactlyInAnyOrder(0L, 1L);
    }

    @Test
    void an_open_commit_survives_a_crash_or_not() {
        assertThat(headsAfterOpenCommits(true)).containsExactlyInAnyOrder(0L, 1L);
    }

    @Test
    void a_kept_snapshot_refuses_to_be_used() {
        List<Snapshot> kept = new ArrayList<>();
        storage.read(kept::add);
        assertThatIllegalStateException().isThrownBy(() -> kept.getFirst().head());
    }

    private static Set<Long> headsAfterOpenCommits(boolean crash) {
        Set<Long> heads = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            MemoryStorage storage = new MemoryDisk(new Random(seed)).open();
            storage.faults().leaveNextCommitOpen();
            storage.ledger().begin();
            storage.ledger().append(new Chronicle().create("notes", "1", "{}"));
            assertFails(Kind.UNAVAILABLE, () -> storage.ledger().commit());
            assertThat((long) storage.read(Snapshot::head)).isZero();
            heads.add(after(storage, crash).read(Snapshot::head));
        }
        return heads;
    }

    private static MemoryStorage after(MemoryStorage storage, boolean crash) {
        if (crash) {
            return storage.crash();
        }
        storage.ledger().recover();
        return storage;
    }

    private void create(String id) {
        storage.ledger().begin();
        storage.ledger().append(chronicle.copy().create("notes", id, "{}"));
        storage.ledger().commit();
        chronicle.create("notes", id, "{}");
    }

    private long head() {
        return storage.read(Snapshot::head);
    }

    private static void assertFails(Kind kind, ThrowingCallable call) {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(call)
                .extracting(StorageException::kind)
                .isEqualTo(kind);
    }
}
