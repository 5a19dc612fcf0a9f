package dev.genstore.checks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.query.RuleCompiler;
import dev.genstore.resource.Change;
import dev.genstore.resource.Draft;
import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.store.AnswerRetention;
import dev.genstore.store.Edit;
import dev.genstore.store.Outcome;
import dev.genstore.store.Precondition;
import dev.genstore.store.Retention;
import dev.genstore.store.SchemaReader;
import dev.genstore.store.Snapshot;
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
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;

/** {@link Writer}, whose commits come when the test says so. */
class WriterTest {
    private static final int WAITING_MAX = 5;
    private static final int BATCH_MAX = 3;
    private static final AnswerRetention ANSWERS =
            new AnswerRetention(Duration.ofHours(24), 4, 100_000);

    private final ManualClock clock = new ManualClock();
    private final MemoryStorage storage = new MemoryDisk(new Random(3)).open();
    private final List<Change> published = new ArrayList<>();
    private final List<Integer> batches = new ArrayList<>();
    private final Writer writer = new Writer(
            storage,
            new WriterSetup(
                    new Retention(Duration.ofHours(1), 4),
                    ANSWERS,
                    WAITING_MAX,
                    BATCH_MAX,
                    clock,
                    published::addAll,
                    (changes, nanos) -> batches.add(changes),
                    SchemaReader.NONE,
                    RuleCompiler.NONE));

    @Test
    void writes_that_wait_share_a_commit_up_to_its_bound() {
        List<Future<Outcome>> answers = submit(5);
        writer.commitWaiting();
        assertThat(answers.stream().filter(Future::isDone)).hasSize(BATCH_MAX);
        writer.commitWaiting();
        assertThat(answers).allMatch(Future::isDone);
        assertThat(batches).containsExactly(3, 2);
        assertThat(published).extracting(Change::revision).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    /** A commit is full with 32 MiB; each of these has some 2 MiB, before and after. */
    @Test
    void writes_that_are_heavy_together_have_several_commits_and_their_order() {
        Writer heavy = new Writer(
                storage,
                WriterSetup.of(Retention.DEFAULT, clock, published::addAll)
                        .measuredBy((changes, nanos) -> batches.add(changes)));
        heavy.submit(new Write("notes", "1", heavy(0), Precondition.NONE, null));
        heavy.commitWaiting();
        List<Future<Outcome>> answers = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            answers.add(heavy.submit(new Write("notes", "1", heavy(i), Precondition.NONE, null)));
        }
        heavy.commitWaiting();
        assertThat(answers.stream().filter(Future::isDone)).hasSize(16);
        heavy.close();
        assertThat(heavy.isDrained()).as("those that wait for the next commit").isFalse();
        while (!heavy.isDrained()) {
            heavy.commitWaiting();
        }
        assertThat(answers).allMatch(answer -> answer.state() == Future.State.SUCCESS);
        assertThat(batches).containsExactly(1, 16, 16, 8);
        assertThat(published).extracting(Change::revision).isSorted();
    }

    @Test
    void those_that_wait_for_the_next_commit_fail_with_one_that_fails() {
        Writer heavy = new Writer(storage, WriterSetup.of(Retention.DEFAULT, clock, all -> {}));
        storage.faults().failNext(Faults.Step.COMMIT, StorageException.Kind.FULL);
        List<Future<Outcome>> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            answers.add(heavy.submit(new Write("notes", "1", heavy(i), Precondition.NONE, null)));
        }
        heavy.commitWaiting();
        assertThat(answers).allMatch(answer -> problem(answer) == ProblemType.STORAGE_FULL);
    }

    private static Edit heavy(int number) {
        String json = "{\"n\":" + number + ",\"a\":\"" + "x".repeat(1 << 20) + "\"}";
        return new Edit.Replace(Json.trusted(json.getBytes(UTF_8)));
    }

    @Test
    void one_write_too_many_is_told_to_come_back_and_the_others_are_done() {
        List<Future<Outcome>> answers = submit(WAITING_MAX);
        Problem refusal = refused(() -> writer.submit(put("one-more")));
        assertThat(refusal.type()).isEqualTo(ProblemType.OVERLOADED);
        assertThat(refusal.headers()).containsEntry("Retry-After", "1");
        writer.commitWaiting();
        writer.commitWaiting();
        assertThat(answers).allMatch(answer -> answer.state() == Future.State.SUCCESS);
        writer.submit(put("one-more"));
    }

    @Test
    void a_write_that_is_refused_does_not_touch_the_others_of_its_batch() {
        Future<Outcome> one = writer.submit(put("1"));
        Future<Outcome> refused =
                writer.submit(new Write("notes", "1", replace(), Precondition.absent(), null));
        Future<Outcome> other = writer.submit(put("2"));
        writer.commitWaiting();
        assertThat(problem(refused)).isEqualTo(ProblemType.PRECONDITION_FAILED);
        assertThat(one.state()).isEqualTo(Future.State.SUCCESS);
        assertThat(other.state()).isEqualTo(Future.State.SUCCESS);
        assertThat(published).extracting(Change::id).containsExactly("1", "2");
    }

    @Test
    void nobody_is_answered_before_the_commit_not_even_by_a_refusal() {
        storage.faults().failNext(Faults.Step.COMMIT, StorageException.Kind.FULL);
        Future<Outcome> made = writer.submit(put("1"));
        Future<Outcome> refused =
                writer.submit(new Write("notes", "1", replace(), Precondition.absent(), null));
        writer.commitWaiting();
        assertThat(problem(made)).isEqualTo(ProblemType.STORAGE_FULL);
        assertThat(problem(refused)).isEqualTo(ProblemType.STORAGE_FULL);
        assertThat(published).isEmpty();
    }

    /** With this seed the commit whose outcome is open turns out to be durable. */
    @Test
    void what_survived_a_failed_commit_is_published_before_anything_else() {
        storage.faults().leaveNextCommitOpen();
        Future<Outcome> open = writer.submit(put("1"));
        writer.commitWaiting();
        assertThat(problem(open)).isEqualTo(ProblemType.STORAGE_UNAVAILABLE);
        writer.submit(put("2"));
        writer.commitWaiting();
        assertThat(published).extracting(Change::id).containsExactly("1", "2");
        assertThat(storage.<Long>inspect(Snapshot::head)).isEqualTo(2);
    }

    @Test
    void time_never_falls_along_the_log() {
        submit(1);
        writer.commitWaiting();
        clock.advance(Duration.ofHours(-2));
        submit(1);
        writer.commitWaiting();
        assertThat(published.getLast().timeMillis())
                .isEqualTo(published.getFirst().timeMillis());
    }

    @Test
    void the_log_keeps_no_more_changes_than_it_should() {
        commit(6);
        writer.commitWaiting();
        assertThat(writer.horizon()).isEqualTo(2);
    }

    @Test
    void the_log_keeps_no_change_longer_than_it_should() {
        commit(2);
        clock.advance(Duration.ofMinutes(59));
        commit(1);
        assertThat(writer.horizon()).isZero();
        clock.advance(Duration.ofMinutes(2));
        writer.commitWaiting();
        assertThat(writer.horizon()).isEqualTo(2);
    }

    @Test
    void what_came_before_the_end_is_committed_and_what_comes_behind_is_refused() {
        List<Future<Outcome>> before = submit(2);
        writer.close();
        Problem refusal = refused(() -> writer.submit(put("late")));
        assertThat(refusal.type()).isEqualTo(ProblemType.STOPPING);
        assertThat(writer.isDrained()).isFalse();
        writer.commitWaiting();
        assertThat(writer.isDrained()).isTrue();
        assertThat(before).allMatch(answer -> answer.state() == Future.State.SUCCESS);
    }

    private void commit(int count) {
        for (int i = 0; i < count; i++) {
            submit(1);
            writer.commitWaiting();
        }
    }

    private List<Future<Outcome>> submit(int count) {
        List<Future<Outcome>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(writer.submit(put("n" + published.size() + "-" + i)));
        }
        return answers;
    }

    private static Write put(String id) {
        return new Write("notes", id, replace(), Precondition.NONE, null);
    }

    private static Edit replace() {
        return new Edit.Replace(Draft.read("{\"a\":1}".getBytes(UTF_8)).members());
    }

    private static ProblemType problem(Future<Outcome> answer) {
        assertThat(answer.state()).isEqualTo(Future.State.FAILED);
        return ((Problem) answer.exceptionNow()).type();
    }

    private static Problem refused(Runnable submitting) {
        return catchThrowableOfType(Problem.class, submitting::run);
    }
}
