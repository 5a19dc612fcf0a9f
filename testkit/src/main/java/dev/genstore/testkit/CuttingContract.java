package dev.genstore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.resource.Change;
import dev.genstore.resource.CutChange;
import dev.genstore.resource.LogEntry;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Target;
import dev.genstore.store.CutStep;
import dev.genstore.store.ListQuery;
import dev.genstore.store.Past;
import dev.genstore.store.Storage;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.OptionalLong;

/** What every {@link Storage} leaves of the changes of which the retention of a collection is over. */
public abstract class CuttingContract extends StorageContract {
    private static final int MANY = 99;
    private static final long PLENTY = Long.MAX_VALUE;

    private CutStep cut(String collection, long after, long through, int countMax, long weight) {
        storage.ledger().begin();
        CutStep step = storage.ledger().cut(collection, after, through, countMax, weight);
        storage.ledger().commit();
        return step;
    }

    private List<LogEntry> entries() {
        return storage.read(snapshot -> snapshot.log(snapshot.horizon(), MANY, PLENTY));
    }

    private List<Long> whole() {
        return entries().stream()
                .filter(Change.class::isInstance)
                .map(LogEntry::revision)
                .toList();
    }

    /** Revisions 1 to 6: two of notes, one of tasks, two of notes, one of tasks. */
    private void fill() {
        create("notes", "1", "2");
        create("tasks", "1");
        commit(chronicle.update("notes", "1", "{\"n\":2}"));
        commit(chronicle.delete("notes", "2"));
        commit(chronicle.update("tasks", "1", "{\"n\":2}"));
    }

    @Test
    void what_is_cut_says_that_there_was_a_change_and_not_what_it_did() {
        fill();
        List<Change> before = log();
        assertThat(cut("notes", 0, 6, MANY, PLENTY)).isEqualTo(new CutStep(6, 4));
        for (int round = 0; round < 2; round++) {
            assertThat(entries())
                    .containsExactly(
                            CutChange.of(before.get(0)),
                            CutChange.of(before.get(1)),
                            before.get(2),
                            CutChange.of(before.get(3)),
                            CutChange.of(before.get(4)),
                            before.get(5));
            reopen();
        }
    }

    @Test
    void what_is_cut_still_says_which_batch_it_was_in() {
        var batch = new Change.Batch(1, 2);
        commit(
                chronicle.create("notes", "1", "{}").in(batch),
                chronicle.create("tasks", "1", "{}").in(batch));
        cut("tasks", 0, 2, MANY, PLENTY);
        assertThat(entries()).extracting(LogEntry::batch).containsExactly(batch, batch);
        assertThat(entries().getLast().endsBatchOf(1)).isTrue();
    }

    @Test
    void the_state_and_the_bounds_of_the_log_stay() {
        fill();
        var state = state();
        var collections = collections("", MANY);
        cut("notes", 0, 6, MANY, PLENTY);
        assertThat(state()).isEqualTo(state);
        assertThat(collections("", MANY)).isEqualTo(collections);
        assertThat(List.of(head(), horizon())).containsExactly(6L, 0L);
        var deleted = new Target.Single("notes", "2");
        assertThat(storage.<Long>read(snapshot -> snapshot.lastChange(deleted))).isEqualTo(5);
        assertThat(storage.<OptionalLong>read(snapshot -> snapshot.revisionAt(Chronicle.millis(4))))
                .hasValue(4);
        create("notes", "3");
        assertThat(whole()).containsExactly(3L, 6L, 7L);
    }

    @Test
    void it_goes_as_far_as_it_may_and_says_how_far() {
        fill();
        assertThat(cut("notes", 0, 6, 2, PLENTY)).isEqualTo(new CutStep(2, 2));
        assertThat(cut("notes", 2, 6, 1, PLENTY)).isEqualTo(new CutStep(4, 1));
        assertThat(cut("notes", 4, 6, 2, PLENTY)).isEqualTo(new CutStep(6, 1));
        assertThat(cut("notes", 0, 6, 2, PLENTY)).isEqualTo(new CutStep(6, 0));
        assertThat(whole()).containsExactly(3L, 6L);
    }

    @Test
    void only_what_lies_between_is_cut() {
        fill();
        assertThat(cut("notes", 1, 4, MANY, PLENTY)).isEqualTo(new CutStep(4, 2));
        assertThat(whole()).containsExactly(1L, 3L, 5L, 6L);
        assertThat(cut("others", 0, 6, MANY, PLENTY)).isEqualTo(new CutStep(6, 0));
    }

    @Test
    void what_is_heavy_is_cut_alone() {
        fill();
        assertThat(cut("notes", 0, 6, MANY, 1)).isEqualTo(new CutStep(1, 1));
        assertThat(whole()).containsExactly(2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void it_counts_what_is_not_cut() {
        fill();
        cut("notes", 0, 1, MANY, PLENTY);
        storage.ledger().begin();
        assertThat(storage.ledger().countWhole("notes", 0, 6)).isEqualTo(3);
        assertThat(storage.ledger().countWhole("notes", 2, 4)).isEqualTo(1);
        assertThat(storage.ledger().countWhole("tasks", 0, 5)).isEqualTo(1);
        assertThat(storage.ledger().countWhole("others", 0, 6)).isZero();
        storage.ledger().commit();
    }

    @Test
    void the_ledger_knows_when_each_change_was_made() {
        fill();
        cut("notes", 0, 2, MANY, PLENTY);
        storage.ledger().begin();
        for (long revision = 1; revision <= 6; revision++) {
            assertThat(storage.ledger().timeMillis(revision)).isEqualTo(Chronicle.millis(revision));
        }
        storage.ledger().commit();
    }

    @Test
    void what_a_transaction_has_cut_is_whole_again_when_it_is_given_up() {
        fill();
        List<Change> before = log();
        storage.ledger().begin();
        storage.ledger().cut("notes", 0, 6, MANY, PLENTY);
        storage.ledger().recover();
        assertThat(log()).isEqualTo(before);
    }

    @Test
    void what_is_cut_is_trimmed_like_anything_else() {
        fill();
        cut("notes", 0, 6, MANY, PLENTY);
        assertThat(trim(4)).isEqualTo(4);
        assertThat(entries()).extracting(LogEntry::revision).containsExactly(5L, 6L);
    }

    @Test
    void an_earlier_state_behind_which_a_change_is_cut_is_gone_and_no_other() {
        fill();
        cut("notes", 0, 4, MANY, PLENTY);
        for (long revision = 0; revision < 4; revision++) {
            assertGone(revision, "notes", "1");
        }
        assertThat(find(4, "notes", "1")).isEqualTo(4);
        assertThat(find(2, "notes", "2")).isEqualTo(2);
        assertGone(1, "notes", "2");
        assertThat(find(3, "tasks", "1")).isEqualTo(3);
        assertThat(find(0, "tasks", "1")).isZero();
    }

    @Test
    void a_list_behind_which_anything_of_its_collection_is_cut_is_gone_and_no_other() {
        fill();
        cut("notes", 0, 4, MANY, PLENTY);
        for (long revision = 0; revision < 4; revision++) {
            assertGone(revision, "notes");
        }
        assertThat(list(4, "notes")).containsExactly("1", "2");
        assertThat(list(5, "notes")).containsExactly("1");
        assertThat(list(0, "tasks")).isEmpty();
        assertThat(list(3, "tasks")).containsExactly("1");
    }

    @Test
    void what_was_made_and_is_gone_again_was_nothing_that_is_known() {
        create("notes", "1");
        commit(chronicle.delete("notes", "1"));
        create("notes", "1");
        cut("notes", 0, 2, MANY, PLENTY);
        assertGone(0, "notes", "1");
        assertGone(1, "notes", "1");
        assertThat(find(2, "notes", "1")).isZero();
    }

    private void assertGone(long revision, String collection, String id) {
        assertThatThrownBy(() -> find(revision, collection, id))
                .as("%s/%s at %d", collection, id, revision)
                .isInstanceOfSatisfying(Problem.class, CuttingContract::isGone);
    }

    private void assertGone(long revision, String collection) {
        assertThatThrownBy(() -> list(revision, collection))
                .as("%s at %d", collection, revision)
                .isInstanceOfSatisfying(Problem.class, CuttingContract::isGone);
    }

    private static void isGone(Problem problem) {
        assertThat(problem.type()).isEqualTo(ProblemType.HISTORY_GONE);
        assertThat(problem.detail()).contains("/api/notes");
    }

    /** The revision at which it was then; 0 when it was not there. */
    private long find(long revision, String collection, String id) {
        return storage.read(snapshot -> {
            var found = snapshot.past(revision, Past.Bounds.NONE).find(collection, id);
            return found == null ? 0 : found.revision();
        });
    }

    private List<String> list(long revision, String collection) {
        return ids(storage.read(snapshot -> snapshot.past(revision, Past.Bounds.NONE)
                .list(ListQuery.of(collection))
                .resources()));
    }
}
