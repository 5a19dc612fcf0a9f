package dev.genstore.sqlite;

import static dev.genstore.sqlite.Tampering.commit;
import static dev.genstore.sqlite.Tampering.failure;
import static dev.genstore.sqlite.Tampering.head;
import static dev.genstore.sqlite.Tampering.note;
import static dev.genstore.sqlite.Tampering.open;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;
import dev.genstore.store.ListQuery;
import dev.genstore.store.Snapshot;
import dev.genstore.store.StorageException.Kind;
import dev.genstore.testkit.Chronicle;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Many read while one writes. */
class ConcurrentReadingTest {
    private static final int COMMITS = 150;
    private static final int READERS = 6;

    @TempDir
    Path folder;

    private final Chronicle chronicle = new Chronicle();
    private SqliteStorage storage;

    @BeforeEach
    void openStorage() {
        storage = open(folder);
    }

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    @Test
    void readers_see_one_state_each_while_it_changes() throws Exception {
        commit(storage, chronicle.create("a", "1", "{}"), chronicle.create("b", "1", "{}"));
        var done = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(() -> readUntil(done)));
            }
            for (int i = 0; i < COMMITS; i++) {
                commit(storage, chronicle.update("a", "1", "{}"), chronicle.update("b", "1", "{}"));
            }
            done.set(true);
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
    }

    @Test
    void a_read_runs_on_a_platform_thread() {
        boolean virtual = storage.read(snapshot -> Thread.currentThread().isVirtual());
        assertThat(virtual).isFalse();
    }

    @Test
    void a_read_can_be_interrupted_while_it_waits() throws Exception {
        var begun = new CountDownLatch(3);
        var end = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 3; i++) {
                threads.submit(() -> storage.read(snapshot -> hold(begun, end)));
            }
            begun.await();
            Thread.currentThread().interrupt();
            failure(Kind.UNAVAILABLE, () -> storage.read(Snapshot::head));
            assertThat(Thread.interrupted()).isTrue();
            end.countDown();
        }
        assertThat(head(storage)).isZero();
    }

    @Test
    void close_waits_for_a_read() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Long> reading = threads.submit(() -> storage.read(snapshot -> {
                hold(begun, end);
                return snapshot.head();
            }));
            begun.await();
            Future<?> closing = threads.submit(storage::close);
            end.countDown();
            assertThat(reading.get()).isZero();
            closing.get();
        }
    }

    @Test
    void a_reader_that_failed_reads_again_when_the_database_answers() {
        commit(storage, chronicle.create("notes", "1", "{}"));
        Tampering.sql(folder, "ALTER TABLE resource RENAME TO hidden");
        failure(Kind.UNAVAILABLE, () -> storage.read(snapshot -> snapshot.find("notes", "1")));
        Tampering.sql(folder, "ALTER TABLE hidden RENAME TO resource");
        assertThat(note(storage, "1")).isNotNull();
    }

    /** Counts the states that it has seen; in each, both resources are of one commit. */
    private int readUntil(AtomicBoolean done) {
        int count = 0;
        while (!done.get()) {
            storage.read(snapshot -> {
                assertConsistent(snapshot);
                return true;
            });
            count++;
        }
        return count;
    }

    private static void assertConsistent(Snapshot snapshot) {
        List<Resource> state =
                snapshot.state(new Target.Everything(), 0, Long.MAX_VALUE, 9, Long.MAX_VALUE);
        long head = snapshot.head();
        assertThat(state).extracting(Resource::revision).containsExactly(head - 1, head);
        assertThat(snapshot.find("a", "1")).isEqualTo(state.get(0));
        assertThat(snapshot.list(ListQuery.of("b")).resources()).containsExactly(state.get(1));
        assertThat(snapshot.lastChange(new Target.InCollection("a"))).isEqualTo(head - 1);
        assertThat(snapshot.changes(head - 2, 9, Long.MAX_VALUE))
                .extracting(Change::after)
                .isEqualTo(state);
    }

    private static boolean hold(CountDownLatch begun, CountDownLatch end) {
        begun.countDown();
        try {
            end.await();
            return true;
        } catch (InterruptedException interruption) {
            throw new IllegalStateException(interruption);
        }
    }
}
