package dev.genstore.checks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.resource.Change;
import dev.genstore.resource.Json;
import dev.genstore.resource.Names;
import dev.genstore.resource.Resource;
import dev.genstore.store.Batch;
import dev.genstore.store.Edit;
import dev.genstore.store.IndexStep;
import dev.genstore.store.Ledger;
import dev.genstore.store.Outcome;
import dev.genstore.store.Precondition;
import dev.genstore.store.Retention;
import dev.genstore.store.StorageException.Kind;
import dev.genstore.store.Write;
import dev.genstore.store.Writer;
import dev.genstore.store.WriterSetup;
import dev.genstore.testkit.Faults.Step;
import dev.genstore.testkit.LedgerOver;
import dev.genstore.testkit.ManualClock;
import dev.genstore.testkit.MemoryDisk;
import dev.genstore.testkit.MemoryStorage;
import dev.genstore.testkit.StorageOver;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Indexes that the writer builds beside its other work, by commits that come when the test says so. */
class IndexingTest {
    private static final int MANY = 1_200;
    private static final String BY_SIZE = "{\"indexes\":[\"size\"]}";
    private static final String BUILDING = "{\"indexes\":[\"size\"],\"_building\":[\"size\"]}";

    private static final Duration REST = Duration.ofSeconds(10);

    private final ManualClock clock = new ManualClock();
    private MemoryStorage storage = new MemoryDisk(new Random(3)).open();
    private final List<Change> told = new ArrayList<>();
    private Writer writer = writer(storage);

    @Test
    void a_definition_says_what_is_being_built_and_changes_when_it_is_there() {
        fill(MANY);
        commit(define(BY_SIZE));
        assertThat(definition()).isEqualTo(BUILDING);
        writer.commitWaiting();
        assertThat(definition()).isEqualTo(BUILDING);
        writer.commitWaiting();
        assertThat(definition()).isEqualTo(BY_SIZE);
        Change last = told.getLast();
        assertThat(last.revision()).isEqualTo(MANY + 2);
        assertThat(text(Objects.requireNonNull(last.before()))).isEqualTo(BUILDING);
        assertThat(text(Objects.requireNonNull(last.after()))).isEqualTo(BY_SIZE);
    }

    @Test
    void a_small_collection_has_its_indexes_at_once() {
        fill(100);
        commit(define(BY_SIZE));
        assertThat(definition()).isEqualTo(BY_SIZE);
        writer.commitWaiting();
        assertThat(told).hasSize(101);
    }

    @Test
    void what_is_built_beside_writes_takes_smaller_slices() {
        fill(MANY);
        commit(define(BY_SIZE));
        for (int i = 0; i < 4; i++) {
            commit(put("notes", "" + i, "{\"size\":1}"));
            assertThat(definition()).isEqualTo(BUILDING);
        }
        commit(put("notes", "5", "{\"size\":1}"));
        assertThat(definition()).isEqualTo(BY_SIZE);
        assertThat(told).extracting(Change::revision).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void a_commit_works_on_indexes_once_and_on_no_more_than_a_slice() {
        List<Integer> slices = new ArrayList<>();
        var measured = new StorageOver(storage) {
            @Override
            public Ledger ledger() {
                return new LedgerOver(super.ledger()) {
                    @Override
                    public IndexStep workOnIndexes(int countMax) {
                        slices.add(countMax);
                        return super.workOnIndexes(countMax);
                    }
                };
            }
        };
        fill(5_000);
        writer = new Writer(measured, WriterSetup.of(Retention.DEFAULT, clock, told::addAll));
        commit(define(BY_SIZE));
        slices.clear();
        commit(put("notes", "1", "{\"size\":1}"));
        commit(put("notes", "2", "{\"size\":1}"));
        commitTimes(2);
        assertThat(slices).containsExactly(250, 250, 1_000, 1_000);
    }

    @Test
    @Timeout(20)
    void nobody_has_to_write_for_an_index_to_be_built() throws InterruptedException {
        fill(MANY);
        commit(define(BY_SIZE));
        while (definition().equals(BUILDING)) {
            writer.commitNext(Long.MAX_VALUE);
        }
        assertThat(definition()).isEqualTo(BY_SIZE);
    }

    @Test
    void building_goes_on_behind_a_crash() {
        fill(MANY);
        commit(define(BY_SIZE));
        writer.commitWaiting();
        storage = storage.crash();
        writer = writer(storage);
        assertThat(definition()).isEqualTo(BUILDING);
        writer.commitWaiting();
        assertThat(definition()).isEqualTo(BY_SIZE);
    }

    @Test
    void a_definition_that_says_the_same_is_no_change_while_it_is_built() {
        fill(MANY);
        commit(define(BY_SIZE));
        Future<Outcome> same = writer.submit(define(BY_SIZE));
        writer.commitWaiting();
        assertThat(same.resultNow()).isInstanceOf(Outcome.Unchanged.class);
    }

    @Test
    void a_client_cannot_say_that_an_index_is_being_built() {
        commit(define(BUILDING));
        assertThat(definition()).isEqualTo(BY_SIZE);
    }

    @Test
    void a_definition_that_adds_an_index_says_which_is_missing() {
        fill(MANY);
        commit(define(BY_SIZE));
        commitTimes(5);
        commit(define("{\"indexes\":[\"of\",\"size\"]}"));
        assertThat(definition())
                .isEqualTo("{\"indexes\":[\"of\",\"size\"],\"_building\":[\"of\"]}");
        commit(define(BY_SIZE));
        assertThat(definition()).isEqualTo(BY_SIZE);
    }

    @Test
    void an_index_that_a_batch_drops_and_declares_again_is_still_there() {
        fill(MANY);
        commit(define(BY_SIZE));
        commitTimes(5);
        writer.submit(Batch.of(List.of(define("{}"), define(BY_SIZE)), null));
        writer.commitWaiting();
        assertThat(definition()).isEqualTo(BY_SIZE);
    }

    @Test
    void a_definition_that_is_deleted_is_told_of_no_more() {
        fill(MANY);
        commit(define(BY_SIZE));
        commit(new Write(Names.DEFINITIONS, "notes", new Edit.Delete(), Precondition.NONE, null));
        int before = told.size();
        commitTimes(5);
        assertThat(told).hasSize(before);
    }

    @Test
    void a_failing_disk_delays_an_index_and_no_write() {
        fill(MANY);
        commit(define(BY_SIZE));
        storage.faults().failNext(Step.INDEX, Kind.FULL);
        storage.faults().failNext(Step.INDEX, Kind.UNAVAILABLE);
        commitBeside();
        commitTimes(5);
        clock.advance(REST);
        commitBeside();
        commitTimes(5);
        assertThat(definition()).isEqualTo(BUILDING);
        clock.advance(REST);
        storage.faults().failNext(Step.COMMIT, Kind.UNAVAILABLE);
        commitTimes(4);
        assertThat(definition()).isEqualTo(BY_SIZE);
    }

    @Test
    @Timeout(60)
    void the_writer_waits_for_writes_while_an_index_rests() throws InterruptedException {
        fill(MANY);
        commit(define(BY_SIZE));
        storage.faults().failNext(Step.INDEX, Kind.UNAVAILABLE);
        writer.commitNext(1);
        Thread waiting = Thread.ofPlatform().start(this::commitNext);
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        writer.close();
        waiting.join();
        assertThat(definition()).isEqualTo(BUILDING);
    }

    private void commitNext() {
        try {
            writer.commitNext(Long.MAX_VALUE);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_damaged_resource_stops_an_index_until_the_next_start_and_no_write() {
        fill(MANY);
        commit(define(BY_SIZE));
        storage.faults().failNext(Step.INDEX, Kind.DAMAGED);
        commitBeside();
        commitTimes(5);
        assertThat(definition()).isEqualTo(BUILDING);
        storage = storage.crash();
        writer = writer(storage);
        commitTimes(3);
        assertThat(definition()).isEqualTo(BY_SIZE);
    }

    @Test
    void a_bug_stops_an_index_and_refuses_no_write() {
        fill(MANY);
        commit(define(BY_SIZE));
        storage.faults().failNext(Step.INDEX, new IllegalArgumentException("planned"));
        commitBeside();
        clock.advance(REST);
        commitBeside();
        commitTimes(5);
        assertThat(definition()).isEqualTo(BUILDING);
        assertThat(told).extracting(Change::revision).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void an_index_that_was_stopped_is_built_when_it_is_declared_anew() {
        fill(MANY);
        commit(define(BY_SIZE));
        storage.faults().failNext(Step.INDEX, Kind.DAMAGED);
        commitTimes(3);
        commit(define("{}"));
        commit(define(BY_SIZE));
        commitTimes(3);
        assertThat(definition()).isEqualTo(BY_SIZE);
    }

    @Test
    void an_index_that_was_stopped_keeps_no_other_from_being_built() {
        fill(MANY);
        commit(define("{\"indexes\":[\"of\",\"size\"]}"));
        storage.faults().failNext(Step.INDEX, Kind.DAMAGED);
        commitTimes(5);
        assertThat(definition())
                .isEqualTo("{\"indexes\":[\"of\",\"size\"],\"_building\":[\"of\"]}");
    }

    @Test
    void what_a_batch_brings_counts_for_what_is_indexed_at_once() {
        List<Write> writes = new ArrayList<>();
        writes.add(define(BY_SIZE));
        IntStream.range(0, 101).forEach(i -> writes.add(put("notes", "" + i, "{\"size\":1}")));
        writer.submit(Batch.of(writes, null));
        writer.commitWaiting();
        assertThat(definition()).isEqualTo(BUILDING);
        commitTimes(2);
        assertThat(definition()).isEqualTo(BY_SIZE);
    }

    @Test
    void a_commit_makes_a_thousand_entries_at_once_and_the_rest_in_the_background() {
        for (int i = 0; i < 12; i++) {
            String collection = "c" + i;
            IntStream.range(0, 100)
                    .forEach(n -> writer.submit(put(collection, "" + n, "{\"size\":1}")));
        }
        commitTimes(2);
        IntStream.range(0, 12)
                .forEach(i -> writer.submit(put(Names.DEFINITIONS, "c" + i, BY_SIZE)));
        writer.commitWaiting();
        assertThat(told.subList(1_200, told.size()))
                .extracting(change -> text(Objects.requireNonNull(change.after())))
                .filteredOn(BUILDING::equals)
                .hasSize(2);
    }

    /** A write, which is durable whatever fails beside it. */
    private void commitBeside() {
        Future<Outcome> beside = commit(put("notes", "1", "{\"size\":" + told.size() + "}"));
        assertThat(beside.state()).isEqualTo(Future.State.SUCCESS);
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            writer.submit(put("notes", "" + i, "{\"size\":" + i + "}"));
        }
        while (told.size() < count) {
            writer.commitWaiting();
        }
    }

    private void commitTimes(int count) {
        for (int i = 0; i < count; i++) {
            writer.commitWaiting();
        }
    }

    private Future<Outcome> commit(Write write) {
        Future<Outcome> answer = writer.submit(write);
        writer.commitWaiting();
        return answer;
    }

    private String definition() {
        Resource stored = storage.inspect(snapshot -> snapshot.find(Names.DEFINITIONS, "notes"));
        return text(Objects.requireNonNull(stored));
    }

    private static String text(Resource resource) {
        return resource.members().toString();
    }

    private static Write define(String json) {
        return put(Names.DEFINITIONS, "notes", json);
    }

    private static Write put(String collection, String id, String json) {
        var members = Json.trusted(json.getBytes(UTF_8));
        return new Write(collection, id, new Edit.Replace(members), Precondition.NONE, null);
    }

    private Writer writer(MemoryStorage of) {
        return new Writer(of, WriterSetup.of(Retention.DEFAULT, clock, told::addAll));
    }
}
