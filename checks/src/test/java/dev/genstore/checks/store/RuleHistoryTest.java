package dev.genstore.checks.store;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.cel.CelCompiler;
import dev.genstore.query.Views;
import dev.genstore.resource.LogEntry;
import dev.genstore.resource.Target;
import dev.genstore.store.Precondition;
import dev.genstore.store.Resources;
import dev.genstore.store.Retention;
import dev.genstore.store.SchemaReader;
import dev.genstore.store.Snapshot;
import dev.genstore.store.Storage;
import dev.genstore.store.StorageException;
import dev.genstore.store.Writer;
import dev.genstore.store.WriterSetup;
import dev.genstore.store.WriterThread;
import dev.genstore.testkit.ManualClock;
import dev.genstore.testkit.MemoryDisk;
import dev.genstore.testkit.MemoryStorage;
import dev.genstore.testkit.SnapshotOver;
import dev.genstore.testkit.StorageOver;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Since when rules are what they are, as a start finds it out. */
class RuleHistoryTest {
    private static final Target ALL = new Target.Everything();
    private static final Target NOTES = new Target.InCollection("notes");
    private static final String OPEN = "{\"rules\":{\"read\":\"true\"}}";

    private final MemoryStorage storage = new MemoryDisk(new Random(1)).open();
    private final Writer writer = writer(storage);
    private final WriterThread thread =
            new WriterThread(writer, Thread.ofPlatform().factory());
    private final Resources resources = new Resources(storage, writer, () -> "x", 1_000);

    private static Writer writer(Storage storage) {
        return new Writer(
                storage,
                WriterSetup.of(Retention.DEFAULT, new ManualClock(), changes -> {})
                        .with(SchemaReader.NONE, new CelCompiler()));
    }

    @BeforeEach
    void start() {
        thread.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        assertThat(thread.stop(Duration.ofSeconds(20))).isTrue();
    }

    private long define(String collection, String json) {
        return resources
                .put("_collections", collection, json.getBytes(UTF_8), Precondition.NONE)
                .revision();
    }

    /** By a program that is started now. */
    private long since(Target target) {
        return views(storage).since(target);
    }

    private static Views views(Storage storage) {
        return new Resources(storage, writer(storage), () -> "x", 1_000).views();
    }

    @Test
    void what_leaves_the_rule_as_it_is_is_no_change_of_it() {
        long made = define("notes", OPEN);
        for (String more : List.of("\"indexes\":[\"a\"]", "\"retention\":{\"age\":\"7d\"}")) {
            define("notes", "{\"rules\":{\"read\":\"true\"}," + more + "}");
        }
        define("notes", "{\"rules\":{\"read\":\"true\",\"create\":\"true\"}}");
        assertThat(since(NOTES)).isEqualTo(made);
        assertThat(since(ALL)).isEqualTo(made);
    }

    @Test
    void another_rule_is_a_change_of_it_and_one_that_comes_again_too() {
        define("notes", OPEN);
        long closed = define("notes", "{\"rules\":{\"read\":\"false\"}}");
        assertThat(since(NOTES)).isEqualTo(closed);
        long open = define("notes", OPEN);
        assertThat(since(NOTES)).isEqualTo(open);
        long without = define("notes", "{}");
        assertThat(since(NOTES)).isZero();
        assertThat(since(ALL)).isEqualTo(without);
    }

    @Test
    void what_never_had_a_rule_changes_none() {
        define("tasks", "{}");
        define("tasks", "{\"indexes\":[\"a\"]}");
        assertThat(since(ALL)).isZero();
        long made = define("notes", OPEN);
        define("others", "{}");
        assertThat(since(ALL)).isEqualTo(made);
    }

    @Test
    void a_definition_that_is_deleted_changes_what_is_seen_of_all() {
        define("tasks", OPEN);
        long made = define("notes", OPEN);
        resources.delete("_collections", "tasks", Precondition.NONE);
        assertThat(since(NOTES)).isEqualTo(made);
        assertThat(since(ALL)).isEqualTo(resources.<Long>read(Snapshot::head));
    }

    @Test
    void where_the_log_can_not_be_read_a_rule_counts_as_new() {
        define("notes", OPEN);
        long last = define("notes", "{\"rules\":{\"read\":\"true\"},\"indexes\":[\"a\"]}");
        assertThat(views(new WithoutLog(storage)).since(NOTES)).isEqualTo(last);
    }

    private static final class WithoutLog extends StorageOver {
        WithoutLog(Storage storage) {
            super(storage);
        }

        @Override
        protected Snapshot seen(Snapshot snapshot) {
            return new SnapshotOver(snapshot) {
                @Override
                public List<LogEntry> log(long afterRevision, int countMax, long weightMax) {
                    throw new StorageException(StorageException.Kind.DAMAGED, "planned", null);
                }
            };
        }
    }
}
