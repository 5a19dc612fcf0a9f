package dev.genstore.checks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.cel.CelCompiler;
import dev.genstore.query.Asker;
import dev.genstore.query.Authority;
import dev.genstore.query.Filter;
import dev.genstore.query.Sort;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;
import dev.genstore.store.CollectionState;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.Past;
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
import dev.genstore.testkit.Faults.Step;
import dev.genstore.testkit.ManualClock;
import dev.genstore.testkit.MemoryDisk;
import dev.genstore.testkit.MemoryStorage;
import dev.genstore.testkit.SnapshotOver;
import dev.genstore.testkit.StorageOver;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.node.JsonNodeFactory;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** The store as somebody sees it. */
class SeenTest {
    private static final Authority ANN =
            Authority.of(JsonNodeFactory.instance.objectNode().put("sub", "ann"));

    private final MemoryStorage storage = new MemoryDisk(new Random(1)).open();
    private final Writer writer = new Writer(
            storage,
            WriterSetup.of(Retention.DEFAULT, new ManualClock(), changes -> {})
                    .with(SchemaReader.NONE, new CelCompiler()));
    private final WriterThread thread =
            new WriterThread(writer, Thread.ofPlatform().factory());
    private final Resources resources = new Resources(storage, writer, () -> "x", 1_000);
    private final Resources seen = resources.as(ANN);

    @BeforeEach
    void start() {
        thread.start();
        put("_collections", "notes", "{\"rules\":{\"read\":\"resource.owner == auth.sub\"}}");
    }

    @AfterEach
    void stop() throws InterruptedException {
        assertThat(thread.stop(Duration.ofSeconds(20))).isTrue();
    }

    private void put(String collection, String id, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        resources.put(collection, id, bytes, Precondition.NONE);
    }

    private void notes(String id, int count, String owner) {
        for (int i = 0; i < count; i++) {
            put("notes", id + i, "{\"owner\":\"" + owner + "\"}");
        }
    }

    private ListPage list(int scanMax) {
        var bounds = new ListQuery.Bounds(10, 1 << 20, scanMax, 100);
        return seen.read(snapshot ->
                snapshot.list(ListQuery.of("notes").with(Filter.ALL, Sort.BY_ID).within(bounds)));
    }

    @Test
    void a_page_never_ends_behind_what_is_not_seen() {
        notes("a", 1, "ann");
        notes("b", 9, "bob");
        notes("c", 1, "ann");
        ListPage page = list(4);
        assertThat(page.resources()).extracting(Resource::id).containsExactly("a0");
        assertThat(page.next()).isEqualTo(Sort.BY_ID.place(page.resources().getLast()));
        assertThat(page.scanned()).isEqualTo(1);
    }

    @Test
    void a_page_is_read_on_until_something_is_seen() {
        notes("b", 9, "bob");
        notes("c", 1, "ann");
        assertThat(list(4).resources()).extracting(Resource::id).containsExactly("c0");
        assertThatThrownBy(() -> list(1))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.NEEDS_INDEX));
    }

    @Test
    void what_is_not_seen_is_not_there() {
        notes("a", 1, "ann");
        notes("b", 1, "bob");
        assertThat(seen.find("notes", "a0")).isPresent();
        assertThat(seen.find("notes", "b0")).isEmpty();
        assertThat(seen.find("_collections", "notes")).isEmpty();
        assertThat(resources.find("notes", "b0")).isPresent();
    }

    @Test
    void of_all_collections_those_are_looked_through_that_are_not_shown() {
        for (int i = 0; i < 30; i++) {
            String rule = i == 20 ? "true" : "auth.sub == 'bob'";
            put("_collections", "c" + i, "{\"rules\":{\"read\":\"" + rule + "\"}}");
            put("c" + i, "a", "{}");
        }
        var asker = new Asker();
        List<CollectionState> shown =
                asker.ask(() -> seen.read(snapshot -> snapshot.collections("_collections", 10)));
        assertThat(shown).extracting(CollectionState::name).containsExactly("c20");
        assertThat(asker.settle()).isEqualTo(29);
    }

    @Test
    void a_change_of_the_rules_is_a_change_of_what_is_seen() {
        notes("a", 1, "ann");
        var target = new Target.InCollection("notes");
        long before = seen.read(snapshot -> snapshot.lastChange(target));
        put("_collections", "notes", "{\"rules\":{\"read\":\"true\"}}");
        long after = seen.read(snapshot -> snapshot.lastChange(target));
        long own = resources.read(snapshot -> snapshot.lastChange(target));
        assertThat(after).isGreaterThan(before);
        assertThat(own).isEqualTo(before);
    }

    @Test
    void the_log_is_for_the_program_alone() {
        assertThatThrownBy(() -> seen.<List<?>>read(snapshot -> snapshot.changes(0, 1, 1)))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void an_earlier_state_is_seen_by_the_present_rules() {
        notes("a", 1, "bob");
        long then = resources.read(Snapshot::head);
        put("notes", "a0", "{\"owner\":\"ann\"}");
        put("_collections", "notes", "{\"rules\":{\"read\":\"resource.owner != auth.sub\"}}");
        assertThat(seen.find("notes", "a0")).isEmpty();
        Resource earlier =
                seen.read(snapshot -> snapshot.past(then, Past.Bounds.NONE).find("notes", "a0"));
        assertThat(earlier).isNotNull();
    }

    @Test
    void how_often_something_has_changed_is_told_to_who_sees_it_alone() {
        notes("a", 1, "ann");
        notes("b", 1, "bob");
        long then = resources.read(Snapshot::head);
        for (String owner : List.of("eve", "bob", "ann", "bob")) {
            notes("b", 1, owner);
        }
        put("notes", "a0", "{\"owner\":\"ann\",\"n\":1}");
        put("notes", "a0", "{\"owner\":\"ann\",\"n\":2}");
        assertThat(earlier(seen, then, "b0")).isNull();
        assertThat(earlier(seen, then, "c0")).isNull();
        assertThatThrownBy(() -> earlier(resources, then, "b0"))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.TOO_FAR_BACK));
        assertThatThrownBy(() -> earlier(seen, then, "a0")).isInstanceOf(Problem.class);
    }

    private static @Nullable Resource earlier(Resources resources, long then, String id) {
        var oneChange = new Past.Bounds(1, Long.MAX_VALUE);
        return resources.read(snapshot -> snapshot.past(then, oneChange).find("notes", id));
    }

    @Test
    void that_the_past_of_something_is_damaged_is_told_to_who_sees_it_alone() {
        notes("a", 1, "ann");
        notes("b", 1, "bob");
        Resources damaged = new Resources(new DamagedPast(storage), writer, () -> "x", 1_000);
        for (String id : List.of("b0", "c0")) {
            assertThat(earlier(damaged.as(ANN), 1, id)).isNull();
        }
        for (Resources each : List.of(damaged, damaged.as(ANN))) {
            assertThatThrownBy(() -> earlier(each, 1, "a0"))
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.type()).isEqualTo(ProblemType.DAMAGED));
        }
    }

    /** A storage that can't read what a resource that is there has been. */
    private static final class DamagedPast extends StorageOver {
        DamagedPast(Storage storage) {
            super(storage);
        }

        @Override
        protected Snapshot seen(Snapshot snapshot) {
            return new Damaged(snapshot);
        }
    }

    private static final class Damaged extends SnapshotOver {
        Damaged(Snapshot snapshot) {
            super(snapshot);
        }

        @Override
        public Past past(long revision, Past.Bounds bounds) {
            return new Past() {
                @Override
                public @Nullable Resource find(String collection, String id) {
                    if (Damaged.this.find(collection, id) == null) {
                        return null;
                    }
                    throw new StorageException(StorageException.Kind.DAMAGED, "planned", null);
                }

                @Override
                public ListPage list(ListQuery query) {
                    return Damaged.this.list(query);
                }
            };
        }
    }

    @Test
    void who_sees_all_sees_the_store_itself() {
        assertThat(resources.as(Authority.ALL)).isSameAs(resources);
    }

    @Test
    void who_may_not_define_is_refused_without_a_look_at_what_there_is() {
        notes("a", 3, "ann");
        storage.faults().failNext(Step.READ, StorageException.Kind.UNAVAILABLE);
        byte[] schema = "{\"schema\":{\"required\":[\"a\"]}}".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> seen.put("_collections", "notes", schema, Precondition.NONE))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.FORBIDDEN));
        assertThatThrownBy(() -> resources.find("notes", "a0"))
                .as("the first read behind it, which was to fail")
                .isInstanceOf(Problem.class);
    }
}
