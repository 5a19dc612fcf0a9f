package dev.genstore.checks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import dev.genstore.store.Write;
import dev.genstore.store.Writer;
import dev.genstore.store.WriterSetup;
import dev.genstore.store.WriterThread;
import dev.genstore.testkit.ManualClock;
import dev.genstore.testkit.MemoryDisk;
import dev.genstore.testkit.MemoryStorage;
import dev.genstore.testkit.SnapshotOver;
import dev.genstore.testkit.StorageOver;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** What is found out about writes by who waits for them, so that the writer's thread need not. */
class PreviewingTest {
    private static final int BODY_BYTES_MAX = 1 << 20;
    private static final String NEEDS_A = "{\"schema\":{\"required\":[\"a\"]}}";

    private final MemoryStorage storage = new MemoryDisk(new Random(3)).open();
    private final Set<Thread> checkers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger pages = new AtomicInteger();
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

    /** Counts the pages of resources that are read. */
    private final class Counting extends StorageOver {
        Counting(Storage real) {
            super(real);
        }

        @Override
        protected Snapshot seen(Snapshot snapshot) {
            return new SnapshotOver(snapshot) {
                @Override
                public List<Resource> state(
                        Target target, long after, long through, int countMax, long weightMax) {
                    pages.incrementAndGet();
                    return super.state(target, after, through, countMax, weightMax);
                }
            };
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
