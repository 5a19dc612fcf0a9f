package dev.genstore.checks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.cel.CelCompiler;
import dev.genstore.query.Rule;
import dev.genstore.resource.Change;
import dev.genstore.resource.Json;
import dev.genstore.resource.Names;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;
import dev.genstore.schema.JsonSchemaReader;
import dev.genstore.store.Batch;
import dev.genstore.store.Done;
import dev.genstore.store.Edit;
import dev.genstore.store.Outcome;
import dev.genstore.store.Precondition;
import dev.genstore.store.Retention;
import dev.genstore.store.Schema;
import dev.genstore.store.SchemaReader;
import dev.genstore.store.StorageException;
import dev.genstore.store.Write;
import dev.genstore.store.Writer;
import dev.genstore.store.WriterSetup;
import dev.genstore.testkit.Faults;
import dev.genstore.testkit.ManualClock;
import dev.genstore.testkit.MemoryDisk;
import dev.genstore.testkit.MemoryStorage;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Definitions of collections in the writer, whose commits come when the test says so. */
class DefinitionTest {
    private static final String NEEDS_A = "{\"schema\":{\"required\":[\"a\"]}}";

    private MemoryStorage storage = new MemoryDisk(new Random(3)).open();
    private Writer writer = writer(storage);

    @Test
    void a_definition_counts_for_the_writes_behind_it_in_the_same_commit() {
        Future<Outcome> before = writer.submit(put("notes", "1", "{}"));
        Future<Outcome> lenient = writer.submit(define(NEEDS_A).lenient());
        Future<Outcome> behind = writer.submit(put("notes", "2", "{}"));
        Future<Outcome> fitting = writer.submit(put("notes", "3", "{\"a\":1}"));
        Future<Outcome> elsewhere = writer.submit(put("tasks", "1", "{}"));
        writer.commitWaiting();
        assertThat(List.of(before, lenient, fitting, elsewhere))
                .allMatch(answer -> answer.state() == Future.State.SUCCESS);
        assertThat(refusal(behind)).isEqualTo(ProblemType.SCHEMA);
    }

    @Test
    void a_schema_sees_what_the_same_commit_has_stored() {
        writer.submit(put("notes", "1", "{}"));
        Future<Outcome> strict = writer.submit(define(NEEDS_A));
        writer.commitWaiting();
        assertThat(refusal(strict)).isEqualTo(ProblemType.SCHEMA_CONFLICT);
    }

    @Test
    void a_definition_that_is_refused_changes_nothing() {
        commit(put("notes", "1", "{}"));
        assertThat(refusal(commit(define(NEEDS_A)))).isEqualTo(ProblemType.SCHEMA_CONFLICT);
        assertThat(commit(put("notes", "2", "{}")).state()).isEqualTo(Future.State.SUCCESS);
    }

    @Test
    void a_definition_holds_behind_a_crash() {
        commit(define(NEEDS_A));
        storage = storage.crash();
        writer = writer(storage);
        assertThat(refusal(commit(put("notes", "1", "{}")))).isEqualTo(ProblemType.SCHEMA);
        commit(delete(Names.DEFINITIONS, "notes"));
        storage = storage.crash();
        writer = writer(storage);
        assertThat(commit(put("notes", "1", "{}")).state()).isEqualTo(Future.State.SUCCESS);
    }

    @Test
    void a_definition_whose_commit_failed_does_not_hold() {
        commit(put("notes", "1", "{\"a\":1}"));
        storage.faults().failNext(Faults.Step.COMMIT, StorageException.Kind.FULL);
        assertThat(refusal(commit(define(NEEDS_A)))).isEqualTo(ProblemType.STORAGE_FULL);
        assertThat(commit(put("notes", "2", "{}")).state()).isEqualTo(Future.State.SUCCESS);
    }

    @Test
    void a_definition_whose_commit_was_open_holds_if_it_survived() {
        for (int i = 0; i < 20; i++) {
            commit(delete(Names.DEFINITIONS, "notes"));
            storage.faults().leaveNextCommitOpen();
            commit(define(NEEDS_A).lenient());
            boolean fits = commit(put("notes", "" + i, "{}")).state() == Future.State.SUCCESS;
            Resource survived =
                    storage.inspect(snapshot -> snapshot.find(Names.DEFINITIONS, "notes"));
            assertThat(fits).isEqualTo(survived == null);
        }
    }

    @Test
    void a_definition_that_can_not_be_used_stops_writes_until_it_is_written_anew() {
        append(Names.DEFINITIONS, "notes", "{\"of\":\"the future\"}");
        writer = writer(storage);
        assertThat(refusal(commit(put("notes", "1", "{}")))).isEqualTo(ProblemType.DAMAGED);
        assertThat(commit(put("tasks", "1", "{}")).state()).isEqualTo(Future.State.SUCCESS);
        assertThat(commit(define("{}")).state()).isEqualTo(Future.State.SUCCESS);
        assertThat(commit(put("notes", "1", "{}")).state()).isEqualTo(Future.State.SUCCESS);
    }

    @Test
    void a_damaged_resource_is_told_to_who_defines_and_costs_nobody_else_anything() {
        commit(put("notes", "1", "{}"));
        commit(put("tasks", "1", "{}"));
        commit(define("{}"));
        storage.faults().failNext(Faults.Step.FIND, StorageException.Kind.DAMAGED);
        Future<Outcome> damaged = writer.submit(define(NEEDS_A));
        Future<Outcome> other = writer.submit(put("tasks", "2", "{}"));
        writer.commitWaiting();
        assertThat(refusal(damaged)).isEqualTo(ProblemType.DAMAGED);
        assertThat(other.state()).isEqualTo(Future.State.SUCCESS);
    }

    @Test
    void a_store_without_schemas_refuses_them_and_writes_that_would_need_one() {
        commit(define(NEEDS_A));
        writer = writer(storage, SchemaReader.NONE);
        assertThat(refusal(commit(define("{\"schema\":{}}"))))
                .isEqualTo(ProblemType.INVALID_DEFINITION);
        assertThat(refusal(commit(put("notes", "1", "{\"a\":1}")))).isEqualTo(ProblemType.DAMAGED);
        assertThat(commit(define("{\"indexes\":[\"a\"]}")).state()).isEqualTo(Future.State.SUCCESS);
        assertThat(commit(put("notes", "1", "{}")).state()).isEqualTo(Future.State.SUCCESS);
    }

    @Test
    void definitions_that_take_much_memory_are_forgotten_and_hold_all_the_same() {
        var reading = new CountingReader(40L << 20);
        writer = writer(storage, reading);
        commit(define(NEEDS_A));
        commit(put(Names.DEFINITIONS, "tasks", NEEDS_A));
        int before = reading.count;
        for (int i = 0; i < 3; i++) {
            assertThat(refusal(commit(put("notes", "1", "{}")))).isEqualTo(ProblemType.SCHEMA);
            assertThat(refusal(commit(put("tasks", "1", "{}")))).isEqualTo(ProblemType.SCHEMA);
        }
        assertThat(reading.count - before).isEqualTo(6);
    }

    @Test
    void ten_thousand_definitions_are_remembered_and_one_more_is_not() {
        var reading = new CountingReader(1);
        writer = writer(storage, reading);
        commit(define(NEEDS_A));
        commit(put("notes", "1", "{\"a\":1}"));
        int before = reading.count;
        writeInto(0, 9_998);
        commit(put("notes", "2", "{\"a\":1}"));
        assertThat(reading.count).isEqualTo(before);
        writeInto(9_998, 10_001);
        assertThat(refusal(commit(put("notes", "3", "{}")))).isEqualTo(ProblemType.SCHEMA);
        assertThat(reading.count).isEqualTo(before + 1);
    }

    /** A resource into each of these collections, of which the writer then knows the definition. */
    private void writeInto(int from, int to) {
        IntStream.range(from, to).forEach(i -> writer.submit(put("c" + i, "1", "{}")));
        IntStream.range(from / 1_000, to / 1_000 + 1).forEach(i -> writer.commitWaiting());
    }

    @Test
    void ten_thousand_collections_have_a_read_rule_and_one_more_has_none() {
        writer = new Writer(
                storage,
                WriterSetup.of(Retention.DEFAULT, new ManualClock(), changes -> {})
                        .with(SchemaReader.NONE, (expression, names) -> Rule.ALWAYS));
        String seen = "{\"rules\":{\"read\":\"true\"}}";
        IntStream.range(0, 10_000)
                .forEach(i -> writer.submit(put(Names.DEFINITIONS, "c" + i, seen)));
        IntStream.range(0, 10).forEach(i -> writer.commitWaiting());
        assertThat(refusal(commit(define(seen)))).isEqualTo(ProblemType.INVALID_DEFINITION);
        assertThat(commit(define("{}")).state()).isEqualTo(Future.State.SUCCESS);
        commit(delete(Names.DEFINITIONS, "c0"));
        assertThat(commit(define(seen)).state()).isEqualTo(Future.State.SUCCESS);
    }

    @Test
    void a_schema_is_looked_at_again_by_who_asks_when_too_much_has_changed() {
        putAll(0, 1_000);
        Future<Outcome> settled = commit(define(NEEDS_A));
        assertThat(settled.state()).isEqualTo(Future.State.SUCCESS);
        commit(define("{}"));
        putAll(1_000, 1_001);
        assertThat(commit(define(NEEDS_A)).exceptionNow()).isNotInstanceOf(Problem.class);
        commit(put("notes", "0", "{\"a\":\"" + "x".repeat(4 << 20) + "\"}"));
        commit(delete("notes", "1"));
        assertThat(commit(define(NEEDS_A)).exceptionNow()).isNotInstanceOf(Problem.class);
    }

    @Test
    void a_batch_that_was_not_looked_at_is_looked_at_by_who_asks_when_it_is_large() {
        commit(define(NEEDS_A));
        assertThat(commitAll(100).state()).isEqualTo(Future.State.SUCCESS);
        assertThat(commitAll(101).exceptionNow()).isNotInstanceOf(Problem.class);
    }

    private Future<Done> commitAll(int count) {
        Future<Done> answer = writer.submit(Batch.of(
                IntStream.range(0, count)
                        .mapToObj(i -> put("notes", "" + i, "{\"a\":" + count + "}"))
                        .toList(),
                null));
        writer.commitWaiting();
        return answer;
    }

    private void putAll(int from, int to) {
        IntStream.range(from, to)
                .forEach(i -> writer.submit(put("notes", "" + i, "{\"a\":" + i + "}")));
        writer.commitWaiting();
    }

    /** Makes schemas that weigh so much, and counts them. */
    private static final class CountingReader implements SchemaReader {
        private final long weightBytes;
        private int count;

        CountingReader(long weightBytes) {
            this.weightBytes = weightBytes;
        }

        @Override
        public Schema read(JsonNode json) {
            count++;
            Schema schema = new JsonSchemaReader().read(json);
            return new Schema() {
                @Override
                public List<Problem.FieldError> check(Json document) {
                    return schema.check(document);
                }

                @Override
                public long weightBytes() {
                    return weightBytes;
                }
            };
        }
    }

    @Test
    void the_names_of_definitions_are_those_of_collections() {
        for (String name : List.of("Notes", "9", Names.DEFINITIONS, "_batch")) {
            Write write = put(Names.DEFINITIONS, name, "{}");
            assertThat(refusal(commit(write))).isEqualTo(ProblemType.INVALID_NAME);
        }
    }

    private void append(String collection, String id, String json) {
        var resource = new Resource(collection, id, 1, 1, 1, json(json));
        storage.ledger().begin();
        storage.ledger().append(new Change(1, 1, null, resource, null));
        storage.ledger().commit();
    }

    private Future<Outcome> commit(Write write) {
        Future<Outcome> answer = writer.submit(write);
        writer.commitWaiting();
        return answer;
    }

    private static ProblemType refusal(Future<Outcome> answer) {
        assertThat(answer.state()).isEqualTo(Future.State.FAILED);
        return catchThrowableOfType(Problem.class, () -> {
                    throw answer.exceptionNow();
                })
                .type();
    }

    private static Write define(String json) {
        return put(Names.DEFINITIONS, "notes", json);
    }

    private static Write put(String collection, String id, String json) {
        return new Write(collection, id, new Edit.Replace(json(json)), Precondition.NONE, null);
    }

    private static Write delete(String collection, String id) {
        return new Write(collection, id, new Edit.Delete(), Precondition.NONE, null);
    }

    private static Json json(String text) {
        return Json.trusted(text.getBytes(UTF_8));
    }

    private static Writer writer(MemoryStorage of) {
        return writer(of, new JsonSchemaReader());
    }

    private static Writer writer(MemoryStorage of, SchemaReader schemas) {
        return new Writer(
                of,
                WriterSetup.of(Retention.DEFAULT, new ManualClock(), changes -> {})
                        .with(schemas, new CelCompiler()));
    }
}
