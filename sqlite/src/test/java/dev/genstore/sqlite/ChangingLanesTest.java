package dev.genstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.query.Filter;
import dev.genstore.query.Index;
import dev.genstore.query.Sort;
import dev.genstore.query.Term;
import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.testkit.Chronicle;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.node.IntNode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A list that begins in one lane and ends in the other is that of one state all the same, whatever is
 * written meanwhile. {@code -Dgenstore.seed=} brings the writes and the queries back, but not when
 * which thread ran.
 */
class ChangingLanesTest {
    private static final int COUNT = 3_000;
    private static final int READINGS = 60;

    @TempDir
    Path folder;

    private final long seed = Long.getLong("genstore.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Chronicle chronicle = new Chronicle();

    /** The color of each resource. */
    private final int[] colors = new int[COUNT];

    /** Behind each commit, by its last revision, those of each color. */
    private final Map<Long, List<BitSet>> states = new ConcurrentHashMap<>();

    private final AtomicBoolean isDone = new AtomicBoolean();
    private SqliteStorage storage;

    /** What was read at once. */
    private record Read(long head, String lane, ListPage page) {}

    @BeforeEach
    void open() {
        storage = Tampering.open(folder);
        List<Change> all = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            colors[i] = random.nextInt(3);
            all.add(chronicle.create("notes", id(i), body(i)));
        }
        commit(all);
    }

    @AfterEach
    void close() {
        isDone.set(true);
        threads.close();
        storage.close();
    }

    private static String id(int number) {
        return "n%04d".formatted(number);
    }

    private String body(int number) {
        return "{\"color\":%d,\"size\":%d}".formatted(colors[number], size(number));
    }

    private static int size(int number) {
        return number * 7919 % COUNT;
    }

    /** The state is there before anybody can read it. */
    private void commit(List<Change> changes) {
        List<BitSet> state = List.of(new BitSet(), new BitSet(), new BitSet());
        for (int i = 0; i < COUNT; i++) {
            state.get(colors[i]).set(i);
        }
        states.put(chronicle.head(), state);
        Tampering.commit(storage, changes.toArray(Change[]::new));
    }

    @RepeatedTest(3)
    void a_list_is_that_of_one_state_in_whichever_lane_it_is_read() throws Exception {
        if (random.nextBoolean()) {
            storage.ledger().begin();
            storage.ledger().indexes("notes", Set.of(Index.parse("color")), Set.of());
            storage.ledger().commit();
        }
        var readings = new Random(random.nextLong());
        Future<?> writing = threads.submit(this::writeOn);
        Map<String, Integer> lanes = new TreeMap<>();
        for (int i = 0; i < READINGS; i++) {
            lanes.merge(check(readings), 1, Integer::sum);
        }
        isDone.set(true);
        writing.get();
        assertThat(lanes).as("-Dgenstore.seed=%d", seed).containsKeys("quick", "long");
    }

    private void writeOn() {
        while (!isDone.get()) {
            List<Change> changes = new ArrayList<>();
            for (int i = random.nextInt(20); i >= 0; i--) {
                int number = random.nextInt(COUNT);
                colors[number] = (colors[number] + 1) % 3;
                changes.add(chronicle.update("notes", id(number), body(number)));
            }
            commit(changes);
        }
    }

    /** Reads some list and returns in which lane that was. */
    private String check(Random readings) {
        int color = readings.nextInt(3);
        int limit = 1 + readings.nextInt(200);
        boolean isSorted = readings.nextInt(3) > 0;
        ListQuery query = ListQuery.of("notes")
                .with(isColor(color), isSorted ? Sort.parse("size") : Sort.BY_ID)
                .upTo(limit, Long.MAX_VALUE);
        Read read = storage.read(snapshot ->
                new Read(snapshot.head(), Thread.currentThread().getName(), snapshot.list(query)));
        List<String> expected = states.getOrDefault(read.head(), List.of()).get(color).stream()
                .boxed()
                .sorted(Comparator.comparingInt(number -> isSorted ? size(number) : number))
                .limit(limit)
                .map(ChangingLanesTest::id)
                .toList();
        assertThat(read.page().resources())
                .as("-Dgenstore.seed=%d, %s", seed, query)
                .extracting(Resource::id)
                .isEqualTo(expected);
        return read.lane().contains("quick") ? "quick" : "long";
    }

    private static Filter isColor(int color) {
        return Filter.of(new Term.Comparison(
                Term.Relation.EQUAL,
                Term.Member.of("color"),
                new Term.Constant(IntNode.valueOf(color))));
    }
}
