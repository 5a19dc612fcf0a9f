package dev.genstore.checks.store;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.resource.Change;
import dev.genstore.resource.Json;
import dev.genstore.resource.Names;
import dev.genstore.resource.Resource;
import dev.genstore.store.Batch;
import dev.genstore.store.Edit;
import dev.genstore.store.Outcome;
import dev.genstore.store.Precondition;
import dev.genstore.store.Retention;
import dev.genstore.store.StorageException.Kind;
import dev.genstore.store.Write;
import dev.genstore.store.Writer;
import dev.genstore.store.WriterSetup;
import dev.genstore.testkit.Faults.Step;
import dev.genstore.testkit.ManualClock;
import dev.genstore.testkit.MemoryDisk;
import dev.genstore.testkit.MemoryStorage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Future;

/** Indexes that the writer builds beside its other work, by commits that come when the test says so. */
class IndexingTest {
    private static final int MANY = 1_200;
    private static final String BY_SIZE = "{\"indexes\":[\"size\"]}";
    private static final String BUILDING = "{\"indexes\":[\"size\"],\"_building\":[\"size\"]}";

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
    void a_failing_disk_delays_an_index() {
        fill(MANY);
        commit(define(BY_SIZE));
        storage.faults().failNext(Step.INDEX, Kind.FULL);
        writer.commitWaiting();
        storage.faults().failNext(Step.COMMIT, Kind.UNAVAILABLE);
        writer.commitWaiting();
        assertThat(definition()).isEqualTo(BUILDING);
        commitTimes(3);
        assertThat(definition()).isEqualTo(BY_SIZE);
    }

    @Test
    void a_damaged_resource_stops_building_until_the_next_start_and_no_write() {
        fill(MANY);
        commit(define(BY_SIZE));
        storage.faults().failNext(Step.INDEX, Kind.DAMAGED);
        Future<Outcome> beside = commit(put("notes", "1", "{\"size\":1}"));
        assertThat(beside.state()).isEqualTo(Future.State.SUCCESS);
        commitTimes(5);
        assertThat(definition()).isEqualTo(BUILDING);
        writer = writer(storage);
        commitTimes(3);
        assertThat(definition()).isEqualTo(BY_SIZE);
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
        return new Writer(of, WriterSetup.of(Retention.DEFAULT, new ManualClock(), told::addAll));
    }
}
