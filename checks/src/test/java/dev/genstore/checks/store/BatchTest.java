package dev.genstore.checks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.query.RuleCompiler;
import dev.genstore.resource.Change;
import dev.genstore.resource.Draft;
import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.store.AnswerRetention;
import dev.genstore.store.Batch;
import dev.genstore.store.CommitMeter;
import dev.genstore.store.Done;
import dev.genstore.store.Edit;
import dev.genstore.store.Once;
import dev.genstore.store.Outcome;
import dev.genstore.store.Precondition;
import dev.genstore.store.Retention;
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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;

/** {@link Batch}es of writes, and those that are done {@link Once}; commits come when the test says so. */
class BatchTest {
    private static final int KEPT_MAX = 3;

    private final ManualClock clock = new ManualClock();
    private final MemoryStorage storage = new MemoryDisk(new Random(3)).open();
    private final List<Change> published = new ArrayList<>();
    private Writer writer = writer(storage);
    private int answersMade;

    @Test
    void the_changes_of_a_batch_know_where_it_begins_and_ends() {
        writer.submit(put("0"));
        assertThat(outcomes(put("1"), put("2"), put("3"))).hasSize(3);
        assertThat(published)
                .extracting(Change::batch)
                .containsExactly(
                        null,
                        new Change.Batch(2, 4),
                        new Change.Batch(2, 4),
                        new Change.Batch(2, 4));
    }

    @Test
    void what_changes_nothing_is_no_part_of_it() {
        outcomes(put("1"));
        List<Outcome> outcomes = outcomes(put("1"), put("2"), put("2"), put("3"));
        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Unchanged.class);
        assertThat(outcomes.get(2)).isInstanceOf(Outcome.Unchanged.class);
        assertThat(published.getLast().batch()).isEqualTo(new Change.Batch(2, 3));
    }

    @Test
    void one_change_is_no_batch() {
        outcomes(put("1"), put("1"));
        assertThat(published).hasSize(1);
        assertThat(published.getFirst().batch()).isNull();
    }

    @Test
    void a_write_sees_those_before_it() {
        outcomes(
                put("1"),
                write("1", new Edit.Patch(json -> bytes("{\"a\":2}"), 99), Precondition.version(1)),
                write("1", new Edit.Delete(), Precondition.version(2)),
                write("1", new Edit.Create(json("{\"a\":3}")), Precondition.NONE));
        assertThat(published)
                .extracting(Change::kind)
                .containsExactly(
                        Change.Kind.CREATED,
                        Change.Kind.UPDATED,
                        Change.Kind.DELETED,
                        Change.Kind.CREATED);
        assertThat(published.get(1).before()).isEqualTo(published.get(0).after());
    }

    @Test
    void a_batch_that_is_refused_leaves_nothing_and_the_others_of_its_commit_are_done() {
        Future<Outcome> one = writer.submit(put("1"));
        Future<Done> refused = writer.submit(Batch.of(
                List.of(put("2"), put("3"), write("9", new Edit.Delete(), Precondition.NONE)),
                null));
        Future<Outcome> other = writer.submit(put("4"));
        writer.commitWaiting();
        Problem problem = (Problem) refused.exceptionNow();
        assertThat(problem.type()).isEqualTo(ProblemType.NOT_FOUND);
        assertThat(problem.errors()).extracting(Problem.FieldError::pointer).containsExactly("/2");
        assertThat(one.state()).isEqualTo(Future.State.SUCCESS);
        assertThat(other.state()).isEqualTo(Future.State.SUCCESS);
        assertThat(published).extracting(Change::id).containsExactly("1", "4");
        assertThat(published).extracting(Change::batch).containsOnlyNulls();
    }

    /** The storage takes the first change and refuses the second one, which it never should. */
    @Test
    void what_can_not_be_written_whole_is_not_written_at_all() {
        storage.faults().failNext(Faults.Step.KEEP, new IllegalStateException("planned"));
        Future<Done> batch =
                writer.submit(Batch.of(List.of(put("1"), put("2")), once("key", "request")));
        writer.commitWaiting();
        assertThat(((Problem) batch.exceptionNow()).type())
                .isEqualTo(ProblemType.STORAGE_UNAVAILABLE);
        outcomes(put("3"));
        assertThat(published).extracting(Change::id).containsExactly("3");
    }

    @Test
    void a_batch_is_never_divided_between_two_commits() {
        writer.submit(Batch.of(Collections.nCopies(7, put("1")), null));
        writer.submit(put("2"));
        writer.commitWaiting();
        assertThat(published).extracting(Change::id).containsExactly("1");
        writer.commitWaiting();
        assertThat(published).extracting(Change::id).containsExactly("1", "2");
    }

    @Test
    void a_batch_of_more_writes_than_allowed_is_none() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Batch.of(Collections.nCopies(Batch.WRITES_MAX + 1, put("1")), null));
    }

    @Test
    void what_is_repeated_is_done_once() {
        assertThat(done(put("1"), "key", "request")).isInstanceOf(Done.Now.class);
        assertThat(done(put("1"), "key", "request")).isEqualTo(new Done.Before("answer 1"));
        assertThat(published).hasSize(1);
    }

    @Test
    void two_at_once_are_done_once() {
        Future<Done> one = writer.submit(Batch.alone(put("1"), once("key", "request")));
        Future<Done> two = writer.submit(Batch.alone(put("1"), once("key", "request")));
        writer.commitWaiting();
        assertThat(one.resultNow()).isInstanceOf(Done.Now.class);
        assertThat(two.resultNow()).isEqualTo(new Done.Before("answer 1"));
        assertThat(published).hasSize(1);
    }

    @Test
    void a_key_that_was_used_for_something_else_is_refused() {
        done(put("1"), "key", "request");
        Future<Done> other = writer.submit(Batch.alone(put("2"), once("key", "other")));
        writer.commitWaiting();
        assertThat(((Problem) other.exceptionNow()).type())
                .isEqualTo(ProblemType.IDEMPOTENCY_KEY_REUSED);
        assertThat(published).hasSize(1);
    }

    @Test
    void what_was_refused_may_be_tried_again() {
        Future<Done> refused = writer.submit(Batch.alone(
                write("1", new Edit.Delete(), Precondition.NONE), once("key", "request")));
        writer.commitWaiting();
        assertThat(refused.state()).isEqualTo(Future.State.FAILED);
        assertThat(done(put("1"), "key", "request")).isInstanceOf(Done.Now.class);
    }

    @Test
    void what_failed_with_its_commit_may_be_tried_again() {
        storage.faults().failNext(Faults.Step.COMMIT, StorageException.Kind.FULL);
        writer.submit(Batch.alone(put("1"), once("key", "request")));
        writer.commitWaiting();
        assertThat(done(put("1"), "key", "request")).isInstanceOf(Done.Now.class);
        assertThat(published).hasSize(1);
    }

    /** With this seed the commit whose outcome is open turns out to be durable, and so is its key. */
    @Test
    void what_survived_a_failed_commit_is_not_done_again() {
        storage.faults().leaveNextCommitOpen();
        Future<Done> open = writer.submit(Batch.alone(put("1"), once("key", "request")));
        writer.commitWaiting();
        assertThat(open.state()).isEqualTo(Future.State.FAILED);
        assertThat(done(put("1"), "key", "request")).isEqualTo(new Done.Before("answer 1"));
        assertThat(published).hasSize(1);
    }

    @Test
    void a_key_survives_a_restart() {
        done(put("1"), "key", "request");
        writer = writer(storage.crash());
        assertThat(done(put("1"), "key", "request")).isEqualTo(new Done.Before("answer 1"));
    }

    @Test
    void a_key_is_kept_for_its_time_and_no_longer() {
        done(put("1"), "key", "request");
        clock.advance(Duration.ofHours(24));
        assertThat(done(put("1"), "key", "request")).isInstanceOf(Done.Before.class);
        clock.advance(Duration.ofMillis(1));
        assertThat(done(put("2"), "key", "request")).isInstanceOf(Done.Now.class);
    }

    @Test
    void what_is_over_goes_by_itself() {
        done(put("1"), "key", "request");
        clock.advance(Duration.ofHours(25));
        writer.commitWaiting();
        assertThat(keptAnswer("key")).isFalse();
    }

    @Test
    void of_too_many_answers_the_oldest_go() {
        for (int i = 0; i <= KEPT_MAX; i++) {
            done(put("n" + i), "key-" + i, "request");
        }
        assertThat(keptAnswer("key-0")).isFalse();
        assertThat(keptAnswer("key-1")).isTrue();
    }

    @Test
    void a_damaged_answer_costs_nobody_else_anything() {
        storage.faults().failNext(Faults.Step.FIND, StorageException.Kind.DAMAGED);
        Future<Done> damaged = writer.submit(Batch.alone(put("1"), once("key", "request")));
        Future<Outcome> other = writer.submit(put("2"));
        writer.commitWaiting();
        assertThat(((Problem) damaged.exceptionNow()).type()).isEqualTo(ProblemType.DAMAGED);
        assertThat(other.state()).isEqualTo(Future.State.SUCCESS);
    }

    private boolean keptAnswer(String key) {
        storage.ledger().begin();
        boolean isKept = storage.ledger().findAnswer(key) != null;
        storage.ledger().commit();
        return isKept;
    }

    private Writer writer(MemoryStorage of) {
        return new Writer(
                of,
                new WriterSetup(
                        Retention.DEFAULT,
                        new AnswerRetention(Duration.ofHours(24), KEPT_MAX, 1 << 20),
                        100,
                        5,
                        clock,
                        published::addAll,
                        CommitMeter.NONE,
                        SchemaReader.NONE,
                        RuleCompiler.NONE));
    }

    private List<Outcome> outcomes(Write... writes) {
        Future<Done> done = writer.submit(Batch.of(List.of(writes), null));
        writer.commitWaiting();
        return ((Done.Now) done.resultNow()).outcomes();
    }

    private Done done(Write write, String key, String request) {
        Future<Done> done = writer.submit(Batch.alone(write, once(key, request)));
        writer.commitWaiting();
        return done.resultNow();
    }

    private Once once(String key, String request) {
        return new Once(key, request, outcomes -> "answer " + ++answersMade);
    }

    private static Write put(String id) {
        return write(id, new Edit.Replace(json("{\"a\":1}")), Precondition.NONE);
    }

    private static Write write(String id, Edit edit, Precondition precondition) {
        return new Write("notes", id, edit, precondition, null);
    }

    private static Json json(String text) {
        return Draft.read(bytes(text)).members();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
