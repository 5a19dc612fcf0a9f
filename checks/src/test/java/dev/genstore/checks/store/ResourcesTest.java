package dev.genstore.checks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.query.RuleCompiler;
import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;
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

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** {@link Resources}, for a program that embeds the store; nobody commits what it writes. */
class ResourcesTest {
    private static final int RESOURCE_BYTES_MAX = 20;
    private static final Edit EMPTY = new Edit.Replace(Json.trusted("{}".getBytes(UTF_8)));

    private final MemoryStorage storage = new MemoryDisk(new Random(3)).open();
    private final Resources resources = new Resources(
            storage,
            new Writer(
                    storage, WriterSetup.of(Retention.DEFAULT, new ManualClock(), durable -> {})),
            () -> "7",
            RESOURCE_BYTES_MAX);

    @Test
    void who_is_interrupted_while_it_writes_is_told_when_to_come_back() {
        Thread.currentThread().interrupt();
        Problem problem = refused("{}");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(problem.type()).isEqualTo(ProblemType.STOPPING);
        assertThat(problem.headers()).containsEntry("Retry-After", "1");
    }

    @Test
    void what_the_program_itself_writes_is_no_longer_than_what_a_client_may_write() {
        String longest = "{\"a\":\"" + "x".repeat(RESOURCE_BYTES_MAX - 8) + "\"}";
        assertThat(resources.draft(longest.getBytes(UTF_8)).members()).hasToString(longest);
        String tooLong = longest.replace("\"}", "x\"}");
        assertThat(refused(tooLong).type()).isEqualTo(ProblemType.BODY_TOO_LARGE);
        Problem refused = catchThrowableOfType(
                Problem.class, () -> resources.create("notes", tooLong.getBytes(UTF_8)));
        assertThat(refused.type()).isEqualTo(ProblemType.BODY_TOO_LARGE);
    }

    /** What is looked at beforehand is never what the writer finds: it has more than a thousand resources more. */
    @Test
    void a_schema_of_a_collection_that_always_changes_is_given_up_behind_five_looks()
            throws InterruptedException {
        var looks = new AtomicInteger();
        var busy = new MemoryDisk(new Random(3)).open();
        Writer writer = writer(busy, new Fitting(looks));
        for (int i = 0; i < 1_001; i++) {
            writer.submit(new Write("notes", "" + i, EMPTY, Precondition.NONE, null));
        }
        writer.commitWaiting();
        writer.commitWaiting();
        var thread = new WriterThread(writer, Thread.ofPlatform().factory());
        thread.start();
        Problem refused = defining(new Resources(storage, writer, () -> "7", RESOURCE_BYTES_MAX));
        assertThat(thread.stop(Duration.ofSeconds(20))).isTrue();
        assertThat(refused.type()).isEqualTo(ProblemType.OVERLOADED);
        assertThat(refused.headers()).containsEntry("Retry-After", "1");
        assertThat(looks).hasValue(5);
    }

    /** The storage has one page of resources, again and again. */
    @Test
    void a_schema_is_held_against_a_million_resources_at_most() throws InterruptedException {
        Writer writer = writer(storage, new Fitting(new AtomicInteger()));
        var thread = new WriterThread(writer, Thread.ofPlatform().factory());
        thread.start();
        Problem refused = defining(
                new Resources(new Endless(storage), writer, () -> "7", RESOURCE_BYTES_MAX));
        assertThat(thread.stop(Duration.ofSeconds(20))).isTrue();
        assertThat(refused.type()).isEqualTo(ProblemType.SCHEMA_CONFLICT);
        assertThat(refused.detail()).contains("Only 1000000 were looked at");
    }

    private static Problem defining(Resources resources) {
        return catchThrowableOfType(
                Problem.class,
                () -> resources.put(
                        "_collections",
                        "notes",
                        "{\"schema\":{}}".getBytes(UTF_8),
                        Precondition.NONE));
    }

    private static Writer writer(MemoryStorage storage, SchemaReader schemas) {
        return new Writer(
                storage,
                WriterSetup.of(Retention.DEFAULT, new ManualClock(), durable -> {})
                        .with(schemas, RuleCompiler.NONE));
    }

    /** Counts the schemas that it makes, which everything fits. */
    private record Fitting(AtomicInteger count) implements SchemaReader {
        @Override
        public Schema read(JsonNode json) {
            count.incrementAndGet();
            return new Schema() {
                @Override
                public List<Problem.FieldError> check(Json document) {
                    return List.of();
                }

                @Override
                public long weightBytes() {
                    return 1;
                }
            };
        }
    }

    /** A storage whose collections have no end. */
    private static final class Endless extends StorageOver {
        private final List<Resource> page = IntStream.range(0, 1_000)
                .mapToObj(i -> new Resource("notes", "" + i, 1, 1, 1, Json.trusted(new byte[0])))
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

    private Problem refused(String json) {
        return catchThrowableOfType(
                Problem.class,
                () -> resources.put("notes", "7", json.getBytes(UTF_8), Precondition.NONE));
    }
}
