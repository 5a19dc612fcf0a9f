package dev.genstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.genstore.query.Asker;
import dev.genstore.query.Filter;
import dev.genstore.query.Sort;
import dev.genstore.query.Term;
import dev.genstore.resource.Problem;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.Past;
import dev.genstore.store.Snapshot;
import dev.genstore.testkit.Chronicle;
import dev.genstore.testkit.HeldReading;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.node.IntNode;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** What takes a moment does not wait behind what takes long, and nobody waits without end. */
class LanesTest {
    private static final int COUNT = 5_000;
    private static final int PATIENCE_SECONDS = 20;
    private static final ListQuery FIRST = ListQuery.of("notes").upTo(10, 1 << 20);
    private static final ListQuery SORTED = FIRST.with(Filter.ALL, Sort.parse("size"));

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HeldReading held = new HeldReading();
    private final LinkedBlockingQueue<Problem> refused = new LinkedBlockingQueue<>();
    private SqliteStorage storage;

    @BeforeEach
    void open() {
        storage = SqliteStorage.open(folder, new SqliteStorage.Options(1, 1, new SecureRandom()));
        var chronicle = new Chronicle();
        storage.ledger().begin();
        for (int i = 0; i < COUNT; i++) {
            String body = "{\"size\":%d}".formatted(i * 7919 % COUNT);
            storage.ledger().append(chronicle.create("notes", "n%05d".formatted(i), body));
        }
        storage.ledger().commit();
    }

    @AfterEach
    void close() {
        held.letGo();
        threads.close();
        storage.close();
    }

    @Test
    void what_takes_a_moment_is_read_in_the_quick_lane() {
        assertThat(laneOf(Snapshot::head)).contains("quick");
        assertThat(laneOf(snapshot -> Objects.requireNonNull(snapshot.find("notes", "n00001"))))
                .contains("quick");
        assertThat(laneOf(snapshot -> snapshot.list(FIRST))).contains("quick");
        assertThat(laneOf(snapshot -> snapshot.list(tried(Turn.QUICK_LOOKED_MAX))))
                .contains("quick");
        assertThat(laneOf(snapshot -> snapshot.changes(0, COUNT, Long.MAX_VALUE)))
                .contains("quick");
    }

    @Test
    void what_looks_through_more_is_read_in_the_long_lane() {
        assertThat(laneOf(snapshot -> snapshot.list(SORTED))).contains("long");
        assertThat(laneOf(snapshot -> snapshot.list(tried(Turn.QUICK_LOOKED_MAX + 1))))
                .contains("long");
        assertThat(laneOf(snapshot -> past(snapshot).list(FIRST))).contains("long");
        assertThat(storage.<String>readLong(snapshot -> lane())).contains("long");
    }

    @Test
    void a_list_that_takes_much_time_is_read_in_the_long_lane() {
        ListQuery page = FIRST.upTo(1_000, Long.MAX_VALUE);
        String last = storage.read(snapshot -> {
            String lane = lane();
            while (lane.contains("quick") && !snapshot.list(page).resources().isEmpty()) {
                lane = lane();
            }
            return lane;
        });
        assertThat(last).contains("long");
    }

    private static Past past(Snapshot snapshot) {
        return snapshot.past(COUNT - Turn.QUICK_LOOKED_MAX - 1L, Past.Bounds.NONE);
    }

    /** A page that tries so many, of which none matches. */
    private static ListQuery tried(int count) {
        var never = new Term.Comparison(
                Term.Relation.LESS,
                Term.Member.of("number"),
                new Term.Constant(IntNode.valueOf(1)));
        return FIRST.with(Filter.of(never), Sort.BY_ID)
                .within(new ListQuery.Bounds(10, 1 << 20, count, COUNT));
    }

    private String laneOf(Function<Snapshot, Object> reading) {
        return storage.read(snapshot -> {
            assertThat(reading.apply(snapshot)).isNotNull();
            return lane();
        });
    }

    private static String lane() {
        return Thread.currentThread().getName();
    }

    @Test
    void while_the_long_lane_is_held_what_takes_a_moment_is_read() throws Exception {
        hold();
        Future<ListPage> sorted =
                threads.submit(() -> storage.read(snapshot -> snapshot.list(SORTED)));
        assertThat(storage.<Long>read(Snapshot::head)).isEqualTo(COUNT);
        assertThat(storage.read(snapshot -> snapshot.list(FIRST)).resources()).hasSize(10);
        assertThat(sorted.isDone()).isFalse();
        held.letGo();
        assertThat(sorted.get().resources().getFirst().id()).isEqualTo("n00000");
    }

    @Test
    void so_many_wait_for_what_takes_long_and_one_more_is_told_to_come_back() throws Exception {
        hold();
        List<Future<Long>> asked = askForLong(1 + ReaderPool.SLOW_WAITING_MAX + 3);
        for (int i = 0; i < 3; i++) {
            Problem problem = refusal();
            assertThat(problem.type().status()).isEqualTo(503);
            assertThat(problem.headers()).containsEntry("Retry-After", "1");
        }
        Future<Long> watcher = threads.submit(() -> storage.readLong(Snapshot::head));
        held.letGo();
        assertThat(watcher.get()).isEqualTo(COUNT);
        assertThat(answered(asked)).isEqualTo(1 + ReaderPool.SLOW_WAITING_MAX);
    }

    @Test
    void so_many_wait_for_a_moment_and_one_more_is_told_to_come_back() throws Exception {
        hold(reading -> storage.read(reading));
        List<Future<Long>> asked = new ArrayList<>();
        for (int i = 0; i < 1 + ReaderPool.QUICK_WAITING_MAX + 3; i++) {
            asked.add(threads.submit(() -> ask(new Asker(), () -> storage.read(Snapshot::head))));
        }
        for (int i = 0; i < 3; i++) {
            assertThat(refusal().type().status()).isEqualTo(503);
        }
        Future<Long> watcher = threads.submit(() -> storage.read(Snapshot::head));
        held.letGo();
        assertThat(watcher.get()).isEqualTo(COUNT);
        assertThat(answered(asked)).isEqualTo(1 + ReaderPool.QUICK_WAITING_MAX);
    }

    @Test
    void one_client_fills_no_line() throws Exception {
        hold();
        for (int i = 0; i < ReaderPool.SLOW_OF_ONE_MAX + 1; i++) {
            var asker = new Asker();
            asker.standsFor(List.of("ann"));
            threads.submit(() -> askForLong(asker));
        }
        assertThat(refusal()).hasMessageContaining("of yours");
        Future<Long> others = threads.submit(() -> askForLong(new Asker()));
        held.letGo();
        assertThat(others.get()).isEqualTo(COUNT);
        assertThat(refused).isEmpty();
    }

    @Test
    void nobody_waits_for_all_that_another_client_waits_for() throws Exception {
        hold();
        var order = new LinkedBlockingQueue<String>();
        List<Thread> asking = new ArrayList<>();
        for (int i = 0; i < ReaderPool.SLOW_OF_ONE_MAX; i++) {
            asking.add(wait("ann", order));
        }
        asking.add(wait("bob", order));
        held.letGo();
        for (Thread each : asking) {
            each.join();
        }
        assertThat(List.copyOf(order).indexOf("bob")).isEqualTo(1);
    }

    /** Somebody who waits for the long lane now. */
    private Thread wait(String client, Queue<String> order) {
        var asker = new Asker();
        asker.standsFor(List.of(client + "'s", client));
        Thread asking = Thread.ofPlatform()
                .start(() -> asker.ask(() -> storage.readLong(snapshot -> order.add(client))));
        await().until(() -> asking.getState() == Thread.State.WAITING);
        return asking;
    }

    @Test
    void who_leaves_gives_up_his_places() throws Exception {
        hold();
        var leaving = new Asker();
        List<Future<Long>> asked = new ArrayList<>();
        for (int i = 0; i < 1 + ReaderPool.SLOW_WAITING_MAX + 1; i++) {
            asked.add(threads.submit(() -> askForLong(leaving)));
        }
        refusal();
        leaving.leave();
        assertThat(answered(asked)).isZero();
        Future<Long> next = threads.submit(() -> askForLong(new Asker()));
        held.letGo();
        assertThat(next.get()).isEqualTo(COUNT);
    }

    @Test
    void what_takes_long_ends_when_who_asked_has_left() throws Exception {
        var begun = new CountDownLatch(1);
        var asker = new Asker();
        Future<Long> endless = threads.submit(() -> asker.ask(() -> storage.readLong(snapshot -> {
            begun.countDown();
            return listForEver(snapshot);
        })));
        begun.await();
        asker.leave();
        assertThatThrownBy(endless::get).hasCauseInstanceOf(Problem.class);
        Future<Long> next = threads.submit(() -> storage.readLong(Snapshot::head));
        assertThat(next.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(COUNT);
    }

    @Test
    void what_takes_a_moment_is_still_read_for_who_sends_no_more_but_not_for_who_is_gone() {
        var asker = new Asker();
        asker.leave();
        assertThat(asker.<Long>ask(() -> storage.read(Snapshot::head))).isEqualTo(COUNT);
        asker.vanish();
        assertThatThrownBy(() -> asker.ask(() -> storage.read(Snapshot::head)))
                .isInstanceOf(Problem.class);
    }

    @Test
    void what_is_looked_through_is_counted_and_what_is_shown_is_not() {
        assertThat(looked(snapshot -> snapshot.list(FIRST))).isZero();
        assertThat(looked(snapshot -> snapshot.list(tried(700)))).isEqualTo(700);
        assertThat(looked(snapshot -> snapshot.list(SORTED))).isEqualTo(COUNT);
        assertThat(looked(snapshot -> snapshot.list(tried(4_000)))).isGreaterThanOrEqualTo(4_000);
    }

    private long looked(Function<Snapshot, ListPage> reading) {
        var asker = new Asker();
        asker.ask(() -> storage.read(reading));
        return asker.settle();
    }

    private void hold() throws InterruptedException {
        hold(reading -> storage.readLong(reading));
    }

    /** Keeps a lane's only reader from all others. */
    private void hold(Function<Function<Snapshot, Boolean>, Boolean> lane)
            throws InterruptedException {
        threads.submit(() -> lane.apply(held::read));
        held.awaitBegun();
    }

    private static long listForEver(Snapshot snapshot) {
        long scanned = 0;
        while (scanned >= 0) {
            scanned += snapshot.list(SORTED).scanned();
        }
        return scanned;
    }

    private List<Future<Long>> askForLong(int count) {
        List<Future<Long>> asked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            asked.add(threads.submit(() -> askForLong(new Asker())));
        }
        return asked;
    }

    private long askForLong(Asker asker) {
        return ask(asker, () -> storage.readLong(Snapshot::head));
    }

    private long ask(Asker asker, Supplier<Long> question) {
        try {
            return asker.ask(question);
        } catch (Problem problem) {
            refused.add(problem);
            throw problem;
        }
    }

    private Problem refusal() throws InterruptedException {
        return Objects.requireNonNull(
                refused.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "nobody is refused");
    }

    /** How many have got what they asked for. */
    private static int answered(List<Future<Long>> asked) throws InterruptedException {
        int count = 0;
        for (Future<Long> each : asked) {
            try {
                count += each.get() == COUNT ? 1 : 0;
            } catch (ExecutionException refusal) {
                assertThat(refusal).hasCauseInstanceOf(Problem.class);
            }
        }
        return count;
    }
}
