package dev.genstore.checks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.query.Asker;
import dev.genstore.query.Authority;
import dev.genstore.query.RuleCompiler;
import dev.genstore.resource.Json;
import dev.genstore.resource.Names;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;
import dev.genstore.schema.JsonSchemaReader;
import dev.genstore.store.Edit;
import dev.genstore.store.Precondition;
import dev.genstore.store.Resources;
import dev.genstore.store.Retention;
import dev.genstore.store.Schema;
import dev.genstore.store.SchemaReader;
import dev.genstore.store.Snapshot;
import dev.genstore.store.Storage;
import dev.genstore.store.StorageException;
import dev.genstore.store.Write;
import dev.genstore.store.Writer;
import dev.genstore.store.WriterSetup;
import dev.genstore.store.WriterThread;
import dev.genstore.testkit.ManualClock;
import dev.genstore.testkit.MemoryDisk;
import dev.genstore.testkit.MemoryStorage;
import dev.genstore.testkit.SnapshotOver;
import dev.genstore.testkit.StorageOver;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** What is found out about writes by who waits for them, so that the writer's thread need not. */
class PreviewingTest {
    private static final int BODY_BYTES_MAX = 1 << 20;
    private static final String NEEDS_A = "{\"schema\":{\"required\":[\"a\"]}}";

    private final MemoryStorage storage = new MemoryDisk(new Random(3)).open();
    private final Set<Thread> checkers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger pages = new AtomicInteger();
    private final AtomicInteger finds = new AtomicInteger();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private Writer writer = writer(storage);
    private WriterThread running = start(storage);
    private Resources resources = resources(storage);

    @AfterEach
    void stop() throws InterruptedException {
        assertThat(running.stop(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void the_first_write_behind_a_start_is_checked_by_who_asks() throws InterruptedException {
        resources.writeAll(List.of(define("notes", NEEDS_A)));
        stop();
        checkers.clear();
        running = start(storage);
        resources = resources(storage);
        resources.writeAll(List.of(put("notes", "1", "{\"a\":1}")));
        assertThat(checkers).containsExactly(Thread.currentThread());
    }

    @Test
    void what_a_batch_builds_on_itself_is_checked_by_who_asks() {
        resources.writeAll(List.of(
                define("notes", NEEDS_A),
                put("notes", "1", "{\"a\":1}"),
                patch("notes", "1", "{\"a\":2}"),
                patch("notes", "1", "{\"a\":3}"),
                delete("notes", "1"),
                put("notes", "1", "{\"a\":4}"),
                patch("notes", "1", "{\"a\":5}")));
        assertThat(checkers).containsExactly(Thread.currentThread());
        assertThat(resources.find("notes", "1").orElseThrow().members()).hasToString("{\"a\":5}");
    }

    @Test
    void a_thousand_definitions_of_a_collection_are_held_against_it_once() {
        resources.writeAll(List.of(put("notes", "1", "{\"a\":1}")));
        List<Write> writes = IntStream.range(0, 999)
                .mapToObj(i -> define("notes", "{\"schema\":{\"required\":[\"b" + i + "\"]}}"))
                .toList();
        List<Write> all = new ArrayList<>(writes);
        all.add(define("notes", NEEDS_A));
        resources.writeAll(all);
        assertThat(pages).as("one that has something, and its end").hasValue(2);
        assertThat(problem(writes).type()).isEqualTo(ProblemType.SCHEMA_CONFLICT);
        assertThat(pages).hasValue(4);
    }

    @Test
    void of_the_definitions_of_a_batch_the_last_one_counts() {
        resources.writeAll(List.of(put("notes", "1", "{}")));
        resources.writeAll(List.of(define("notes", NEEDS_A), define("notes", "{}")));
        Problem refused = problem(List.of(
                define("notes", NEEDS_A), put("tasks", "1", "{}"), define("notes", NEEDS_A)));
        assertThat(refused.type()).isEqualTo(ProblemType.SCHEMA_CONFLICT);
        assertThat(refused.errors().getFirst().pointer()).isEqualTo("/0/body/schema");
        resources.writeAll(List.of(define("notes", NEEDS_A), delete(Names.DEFINITIONS, "notes")));
        assertThat(resources.find(Names.DEFINITIONS, "notes")).isEmpty();
    }

    @Test
    void what_a_batch_made_before_it_defined_has_to_fit_too() {
        Problem refused = problem(List.of(put("notes", "1", "{}"), define("notes", NEEDS_A)));
        assertThat(refused.type()).isEqualTo(ProblemType.SCHEMA_CONFLICT);
        assertThat(refused.errors().getFirst().pointer()).isEqualTo("/1/body/schema");
    }

    @Test
    void a_batch_looks_through_a_million_resources_in_all() throws InterruptedException {
        stop();
        Storage endless = new Endless(storage);
        running = start(storage);
        resources = resources(endless);
        Problem refused = problem(
                IntStream.range(0, 50).mapToObj(i -> define("c" + i, NEEDS_A)).toList());
        assertThat(refused.type()).isEqualTo(ProblemType.SCHEMA_CONFLICT);
        assertThat(pages.get()).isBetween(1_000, 1_060);
    }

    @Test
    void a_batch_is_looked_at_up_to_its_first_refusal() {
        resources.writeAll(List.of(define("notes", NEEDS_A), put("notes", "1", "{\"a\":1}")));
        finds.set(0);
        assertThat(problem(refusedAtOnce(wrong())).type()).isEqualTo(ProblemType.PATCH_CONFLICT);
        assertThat(finds).hasValue(1);
        checkers.clear();
        assertThat(problem(refusedAtOnce(patch("notes", "1", "{}"))).type())
                .isEqualTo(ProblemType.SCHEMA);
        assertThat(finds).hasValue(2);
        assertThat(checkers).containsExactly(Thread.currentThread());
    }

    @Test
    void who_may_not_write_has_nothing_held_against_a_schema() {
        resources.writeAll(List.of(define("notes", NEEDS_A), put("notes", "1", "{\"a\":1}")));
        checkers.clear();
        finds.set(0);
        Authority ann = Authority.of(JsonNodeFactory.instance.objectNode().put("sub", "ann"));
        List<Write> writes = IntStream.range(0, 100)
                .mapToObj(i -> put("notes", "n" + i, "{\"a\":1}"))
                .toList();
        Resources asAnn = resources.as(ann);
        Problem refused = catchThrowableOfType(Problem.class, () -> asAnn.writeAll(writes));
        assertThat(refused.type()).isEqualTo(ProblemType.FORBIDDEN);
        assertThat(finds).hasValue(1);
        assertThat(checkers).isEmpty();
    }

    @Test
    void what_is_read_and_made_is_counted_for_who_asks() {
        String heavy = "{\"a\":\"" + "x".repeat(1 << 20) + "\"}";
        resources.writeAll(List.of(define("notes", NEEDS_A), put("notes", "1", heavy)));
        var asker = new Asker();
        asker.ask(() -> resources.writeAll(List.of(patch("notes", "1", "{\"a\":1}"))));
        assertThat(asker.settle()).isBetween(102L, 110L);
        assertThat(asker.settleBytes()).isBetween(1L << 20, (1L << 20) + 1_000);
        asker.ask(() -> problem(List.of(patch("notes", "2", "{\"a\":1}"))));
        assertThat(asker.settleBytes()).isZero();
    }

    @Test
    void what_could_not_be_read_is_told_as_what_it_is() {
        resources.writeAll(List.of(put("notes", "1", "{\"a\":1}")));
        failure.set(ProblemType.OVERLOADED.because("Too many long readings wait already."));
        assertThat(problem(List.of(define("notes", NEEDS_A))).getMessage())
                .contains("long readings");
        failure.set(new StorageException(StorageException.Kind.UNAVAILABLE, "away", null));
        assertThat(problem(List.of(define("notes", NEEDS_A))).type())
                .isEqualTo(ProblemType.STORAGE_UNAVAILABLE);
        assertThat(pages).as("each asked once").hasValue(2);
    }

    /** Each may keep what it makes while it goes on. */
    @Test
    void of_many_batches_a_few_are_gone_through_at_a_time() throws InterruptedException {
        resources.writeAll(List.of(define("notes", NEEDS_A), put("notes", "1", "{\"a\":1}")));
        var gate = new Gate(storage);
        Resources gated = resources(gate);
        List<Write> batch = List.of(patch("notes", "1", "{\"a\":2}"));
        List<Thread> asking = IntStream.range(0, 40)
                .mapToObj(i -> Thread.ofPlatform().start(() -> gated.writeAll(batch)))
                .toList();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> asking.stream()
                        .allMatch(thread -> thread.getState() == Thread.State.WAITING));
        assertThat(gate.inside).hasValue(8);
        gate.opened.countDown();
        for (Thread thread : asking) {
            thread.join();
        }
        assertThat(resources.find("notes", "1").orElseThrow().members()).hasToString("{\"a\":2}");
    }

    /** A hundred and one resources that fit, behind a write that does not. */
    private static List<Write> refusedAtOnce(Write first) {
        List<Write> writes = new ArrayList<>(List.of(first));
        for (int i = 0; i < 101; i++) {
            writes.add(patch("notes", "1", "{\"a\":" + i + "}"));
        }
        return writes;
    }

    private static Write wrong() {
        UnaryOperator<byte[]> conflict = before -> {
            throw ProblemType.PATCH_CONFLICT.because("There is no such member.");
        };
        var edit = new Edit.Patch(conflict, BODY_BYTES_MAX);
        return new Write("notes", "1", edit, Precondition.NONE, null);
    }

    private Problem problem(List<Write> writes) {
        return catchThrowableOfType(Problem.class, () -> resources.writeAll(writes));
    }

    private static Write define(String collection, String json) {
        return put(Names.DEFINITIONS, collection, json);
    }

    private static Write put(String collection, String id, String json) {
        var edit = new Edit.Replace(json(json));
        return new Write(collection, id, edit, Precondition.NONE, null);
    }

    private static Write patch(String collection, String id, String json) {
        var edit = new Edit.Patch(before -> json.getBytes(UTF_8), BODY_BYTES_MAX);
        return new Write(collection, id, edit, Precondition.NONE, null);
    }

    private static Write delete(String collection, String id) {
        return new Write(collection, id, new Edit.Delete(), Precondition.NONE, null);
    }

    private static Json json(String text) {
        return Json.trusted(text.getBytes(UTF_8));
    }

    private Resources resources(Storage of) {
        return new Resources(new Counting(of), writer, () -> "7", BODY_BYTES_MAX);
    }

    private WriterThread start(MemoryStorage of) {
        writer = writer(of);
        var thread = new WriterThread(writer, Thread.ofPlatform().factory());
        thread.start();
        return thread;
    }

    private Writer writer(MemoryStorage of) {
        return new Writer(
                of,
                WriterSetup.of(Retention.DEFAULT, new ManualClock(), durable -> {})
                        .with(new Noting(), RuleCompiler.NONE));
    }

    /** Notes on which threads schemas are held against what. */
    private final class Noting implements SchemaReader {
        @Override
        public Schema read(JsonNode json) {
            return new Noted(new JsonSchemaReader().read(json));
        }
    }

    private final class Noted implements Schema {
        private final Schema real;

        Noted(Schema real) {
            this.real = real;
        }

        @Override
        public List<Problem.FieldError> check(Json document) {
            checkers.add(Thread.currentThread());
            return real.check(document);
        }

        @Override
        public long weightBytes() {
            return real.weightBytes();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Noted noted && real.equals(noted.real);
        }

        @Override
        public int hashCode() {
            return real.hashCode();
        }
    }

    /** Counts the pages of resources that are read, and single ones. */
    private final class Counting extends StorageOver {
        Counting(Storage real) {
            super(real);
        }

        @Override
        protected Snapshot seen(Snapshot snapshot) {
            return new SnapshotOver(snapshot) {
                @Override
                public @Nullable Resource find(String collection, String id) {
                    finds.incrementAndGet();
                    return super.find(collection, id);
                }

                @Override
                public List<Resource> state(
                        Target target, long after, long through, int countMax, long weightMax) {
                    pages.incrementAndGet();
                    RuntimeException planned = failure.getAndSet(null);
                    if (planned != null) {
                        throw planned;
                    }
                    return super.state(target, after, through, countMax, weightMax);
                }
            };
        }
    }

    /** A storage whose readers wait until it is opened. */
    private static final class Gate extends StorageOver {
        private final CountDownLatch opened = new CountDownLatch(1);
        private final AtomicInteger inside = new AtomicInteger();

        Gate(Storage real) {
            super(real);
        }

        @Override
        public <T extends @Nullable Object> T read(Function<Snapshot, T> reading) {
            inside.incrementAndGet();
            try {
                opened.await();
            } catch (InterruptedException interruption) {
                throw new IllegalStateException(interruption);
            }
            return super.read(reading);
        }
    }

    /** A storage whose collections have no end. */
    private static final class Endless extends StorageOver {
        private final List<Resource> page = IntStream.range(0, 1_000)
                .mapToObj(i -> new Resource("notes", "" + i, 1, 1, 1, json("{\"a\":1}")))
                .toList();

        Endless(Storage real) {
            super(real);
        }

        @Override
        protected Snapshot seen(Snapshot snapshot) {
            return new SnapshotOver(snapshot) {
                @Override
                public List<Resource> state(
                        Target target, long after, long through, int countMax, long weightMax) {
                    return page;
                }
            };
        }
    }
}
