package dev.genstore.checks.store;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.query.RuleCompiler;
import dev.genstore.resource.Change;
import dev.genstore.resource.Json;
import dev.genstore.resource.LogEntry;
import dev.genstore.resource.Names;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.store.AnswerRetention;
import dev.genstore.store.Batch;
import dev.genstore.store.CommitMeter;
import dev.genstore.store.Done;
import dev.genstore.store.Edit;
import dev.genstore.store.Outcome;
import dev.genstore.store.Precondition;
import dev.genstore.store.Retention;
import dev.genstore.store.SchemaReader;
import dev.genstore.store.StorageException.Kind;
import dev.genstore.store.Write;
import dev.genstore.store.Writer;
import dev.genstore.store.WriterSetup;
import dev.genstore.testkit.Faults.Step;
import dev.genstore.testkit.ManualClock;
import dev.genstore.testkit.MemoryDisk;
import dev.genstore.testkit.MemoryStorage;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The retention of collections, by commits that come when the test says so. */
class CuttingTest {
    private static final int ROUND = 20;
    private static final Retention PLENTY = new Retention(Duration.ofDays(9), 100_000);

    private final ManualClock clock = new ManualClock();
    private MemoryStorage storage = new MemoryDisk(new Random(3)).open();
    private Writer writer = writer(PLENTY);

    private Writer writer(Retention retention) {
        return new Writer(
                storage,
                new WriterSetup(
                        retention,
                        AnswerRetention.DEFAULT,
                        10_000,
                        1_000,
                        clock,
                        changes -> {},
                        CommitMeter.NONE,
                        SchemaReader.NONE,
                        RuleCompiler.NONE));
    }

    private Future<Outcome> commit(Write write) {
        Future<Outcome> answer = writer.submit(write);
        writer.commitWaiting();
        return answer;
    }

    private static Write put(String collection, String id, String json) {
        var members = Json.trusted(json.getBytes(UTF_8));
        return new Write(collection, id, new Edit.Replace(members), Precondition.NONE, null);
    }

    private Future<Outcome> define(String collection, String retention) {
        return commit(put(Names.DEFINITIONS, collection, "{\"retention\":" + retention + "}"));
    }

    /** Changes of one collection, one second each. */
    private void fill(String collection, int count) {
        for (int i = 0; i < count; i++) {
            clock.advance(Duration.ofSeconds(1));
            writer.submit(put(collection, "1", "{\"n\":" + clock.millis() + "}"));
            writer.commitWaiting();
        }
    }

    /** Lets it come to its end. A round begins once a second; one may have begun too early to see all. */
    private void settle() {
        for (int i = 0; i < 2 * ROUND; i++) {
            clock.advance(i % ROUND == 0 ? Duration.ofSeconds(1) : Duration.ZERO);
            writer.commitWaiting();
        }
    }

    private List<Long> whole(String collection) {
        return storage
                .inspect(snapshot -> snapshot.log(snapshot.horizon(), 100_000, Long.MAX_VALUE))
                .stream()
                .filter(entry -> entry.collection().equals(collection))
                .filter(Change.class::isInstance)
                .map(LogEntry::revision)
                .toList();
    }

    private static List<Long> revisions(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Test
    void a_collection_keeps_as_many_changes_as_it_says_and_others_keep_theirs() {
        define("notes", "{\"changes\":3}");
        fill("notes", 5);
        fill("tasks", 5);
        fill("notes", 2);
        settle();
        assertThat(whole("notes")).containsExactly(6L, 12L, 13L);
        assertThat(whole("tasks")).isEqualTo(revisions(7, 11));
        fill("notes", 1);
        settle();
        assertThat(whole("notes")).containsExactly(12L, 13L, 14L);
    }

    @Test
    void a_collection_keeps_its_changes_as_long_as_it_says() {
        define("notes", "{\"age\":\"1m\"}");
        fill("notes", 5);
        fill("tasks", 5);
        clock.advance(Duration.ofSeconds(52));
        settle();
        assertThat(whole("notes")).isEqualTo(revisions(5, 6));
        assertThat(whole("tasks")).isEqualTo(revisions(7, 11));
        clock.advance(Duration.ofSeconds(60));
        settle();
        assertThat(whole("notes")).isEmpty();
        assertThat(whole("tasks")).hasSize(5);
    }

    @Test
    void the_shorter_of_the_two_counts() {
        define("notes", "{\"age\":\"1m\",\"changes\":3}");
        fill("notes", 5);
        settle();
        assertThat(whole("notes")).isEqualTo(revisions(4, 6));
        clock.advance(Duration.ofSeconds(55));
        settle();
        assertThat(whole("notes")).isEqualTo(revisions(5, 6));
        fill("notes", 2);
        settle();
        assertThat(whole("notes")).isEqualTo(revisions(7, 8));
    }

    @Test
    void what_was_there_before_the_definition_is_cut_too_and_a_longer_one_brings_nothing_back() {
        fill("notes", 9);
        define("notes", "{\"changes\":4}");
        settle();
        assertThat(whole("notes")).isEqualTo(revisions(6, 9));
        define("notes", "{\"changes\":2}");
        settle();
        assertThat(whole("notes")).isEqualTo(revisions(8, 9));
        define("notes", "{\"changes\":6}");
        fill("notes", 5);
        settle();
        assertThat(whole("notes")).containsExactly(9L, 13L, 14L, 15L, 16L, 17L);
    }

    @Test
    void one_that_counts_behind_one_that_does_not_counts_what_was_there() {
        define("notes", "{\"age\":\"1d\"}");
        fill("notes", 9);
        settle();
        define("notes", "{\"changes\":4}");
        settle();
        assertThat(whole("notes")).isEqualTo(revisions(7, 10));
    }

    @Test
    void without_a_retention_everything_stays_from_then_on() {
        define("notes", "{\"changes\":1}");
        fill("notes", 3);
        settle();
        assertThat(whole("notes")).containsExactly(4L);
        commit(put(Names.DEFINITIONS, "notes", "{}"));
        fill("notes", 3);
        settle();
        assertThat(whole("notes")).containsExactly(4L, 6L, 7L, 8L);
        define("notes", "{\"changes\":1}");
        settle();
        assertThat(whole("notes")).containsExactly(8L);
        commit(new Write(Names.DEFINITIONS, "notes", new Edit.Delete(), Precondition.NONE, null));
        fill("notes", 2);
        settle();
        assertThat(whole("notes")).containsExactly(8L, 11L, 12L);
    }

    @Test
    void much_is_cut_in_slices_and_smaller_ones_beside_writes() {
        fill("notes", 1_600);
        define("notes", "{\"changes\":1}");
        commit(put("tasks", "1", "{}"));
        assertThat(whole("notes")).hasSize(1_350);
        writer.commitWaiting();
        assertThat(whole("notes")).hasSize(350);
        writer.commitWaiting();
        assertThat(whole("notes")).containsExactly(1_600L);
    }

    @Test
    void nobody_has_to_write_for_it() throws InterruptedException {
        fill("notes", 1_600);
        define("notes", "{\"changes\":1}");
        while (whole("notes").size() > 1) {
            writer.commitNext(Long.MAX_VALUE);
        }
        assertThat(whole("notes")).containsExactly(1_600L);
    }

    @Test
    void it_goes_on_behind_a_crash() {
        fill("notes", 1_600);
        define("notes", "{\"changes\":5}");
        writer.commitWaiting();
        assertThat(whole("notes")).hasSize(600);
        storage = storage.crash();
        writer = writer(PLENTY);
        fill("notes", 2);
        settle();
        assertThat(whole("notes")).containsExactly(1_598L, 1_599L, 1_600L, 1_602L, 1_603L);
    }

    @Test
    void a_failing_disk_delays_it() {
        fill("notes", 1_600);
        define("notes", "{\"changes\":5}");
        storage.faults().failNext(Step.CUT, Kind.FULL);
        assertThat(commit(put("tasks", "1", "{}")).state()).isEqualTo(Future.State.SUCCESS);
        clock.advance(Duration.ofSeconds(10));
        storage.faults().failNext(Step.COMMIT, Kind.UNAVAILABLE);
        writer.commitWaiting();
        assertThat(whole("notes")).hasSize(1_600);
        settle();
        assertThat(whole("notes")).isEqualTo(revisions(1_596, 1_600));
    }

    @Test
    void a_bug_stops_it_in_its_collection_until_it_is_another_one_and_refuses_no_write() {
        fill("notes", 4);
        define("notes", "{\"changes\":2}");
        storage.faults().failNext(Step.CUT, new IllegalArgumentException("planned"));
        assertThat(commit(put("tasks", "1", "{}")).state()).isEqualTo(Future.State.SUCCESS);
        clock.advance(Duration.ofSeconds(10));
        settle();
        assertThat(whole("notes")).hasSize(4);
        define("notes", "{\"changes\":1}");
        settle();
        assertThat(whole("notes")).hasSize(1);
    }

    @Test
    void a_damaged_change_stops_it_in_its_collection_and_no_write() {
        define("notes", "{\"changes\":1}");
        define("tasks", "{\"changes\":1}");
        settle();
        clock.advance(Duration.ofSeconds(1));
        storage.faults().failNext(Step.CUT, Kind.DAMAGED);
        assertThat(commit(put("notes", "1", "{}")).state()).isEqualTo(Future.State.SUCCESS);
        fill("notes", 3);
        fill("tasks", 3);
        settle();
        assertThat(whole("notes").size() + whole("tasks").size()).isEqualTo(5);
        writer = writer(PLENTY);
        settle();
        assertThat(whole("notes").size() + whole("tasks").size()).isEqualTo(2);
    }

    @Test
    void the_log_as_a_whole_ends_where_it_ends_whatever_a_collection_keeps() {
        writer = writer(new Retention(Duration.ofDays(9), 10));
        define("notes", "{\"changes\":4}");
        define("tasks", "{\"changes\":100}");
        for (int i = 0; i < 20; i++) {
            fill("notes", 1);
            fill("tasks", 1);
        }
        settle();
        assertThat(whole("notes")).containsExactly(35L, 37L, 39L, 41L);
        assertThat(whole("tasks")).containsExactly(34L, 36L, 38L, 40L, 42L);
        fill("notes", 3);
        settle();
        assertThat(whole("notes")).containsExactly(41L, 43L, 44L, 45L);
        fill("tasks", 9);
        settle();
        assertThat(whole("notes")).containsExactly(45L);
        fill("notes", 9);
        settle();
        assertThat(whole("notes")).isEqualTo(revisions(60, 63));
    }

    @Test
    void there_are_only_so_many_collections_with_one() {
        for (int i = 0; i < 32; i++) {
            define("c" + i, "{\"changes\":3}");
        }
        var refusal = (Problem) define("notes", "{\"changes\":3}").exceptionNow();
        assertThat(refusal.type()).isEqualTo(ProblemType.INVALID_DEFINITION);
        assertThat(refusal.errors().getFirst().pointer()).isEqualTo("/retention");
        assertThat(define("c7", "{\"changes\":4}").state()).isEqualTo(Future.State.SUCCESS);
        commit(put(Names.DEFINITIONS, "c8", "{}"));
        assertThat(define("notes", "{\"changes\":3}").state()).isEqualTo(Future.State.SUCCESS);
    }

    @Test
    void who_gives_one_up_may_give_it_to_another_in_the_same_batch() {
        String retention = "{\"retention\":{\"changes\":3}}";
        for (int i = 0; i < 32; i++) {
            define("c" + i, "{\"changes\":3}");
        }
        var exchange = List.of(
                put(Names.DEFINITIONS, "notes", retention), put(Names.DEFINITIONS, "c7", "{}"));
        CompletableFuture<Done> done = writer.submit(Batch.of(exchange, null));
        writer.commitWaiting();
        assertThat(done.state()).isEqualTo(Future.State.SUCCESS);
        assertThat(define("c7", "{\"changes\":3}").state()).isEqualTo(Future.State.FAILED);
    }

    @Test
    void who_is_refused_takes_no_place_of_the_same_commit() {
        String retention = "{\"retention\":{\"changes\":3}}";
        for (int i = 0; i < 31; i++) {
            define("c" + i, "{\"changes\":3}");
        }
        var missing = new Write("notes", "1", new Edit.Delete(), Precondition.NONE, null);
        CompletableFuture<Done> wrong = writer.submit(
                Batch.of(List.of(put(Names.DEFINITIONS, "a", retention), missing), null));
        Future<Outcome> right = writer.submit(put(Names.DEFINITIONS, "b", retention));
        Future<Outcome> late = writer.submit(put(Names.DEFINITIONS, "c", retention));
        writer.commitWaiting();
        assertThat(wrong.state()).isEqualTo(Future.State.FAILED);
        assertThat(right.state()).isEqualTo(Future.State.SUCCESS);
        assertThat(late.state()).isEqualTo(Future.State.FAILED);
    }

    @Test
    void those_of_one_commit_are_no_more_either() {
        String retention = "{\"retention\":{\"changes\":3}}";
        List<Future<Outcome>> defined = IntStream.range(0, 34)
                .mapToObj(i -> writer.submit(put(Names.DEFINITIONS, "c" + i, retention)))
                .toList();
        writer.commitWaiting();
        assertThat(defined.subList(0, 32)).allMatch(each -> each.state() == Future.State.SUCCESS);
        assertThat(defined.subList(32, 34)).allMatch(each -> each.state() == Future.State.FAILED);
        assertThat(define("c7", "{\"changes\":4}").state()).isEqualTo(Future.State.SUCCESS);
    }
}
