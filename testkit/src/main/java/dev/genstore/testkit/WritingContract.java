package dev.genstore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.resource.Change;
import dev.genstore.resource.Json;
import dev.genstore.resource.Resource;
import dev.genstore.store.KeptAnswer;
import dev.genstore.store.StorageException;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What {@link dev.genstore.store.Ledger} and {@link dev.genstore.store.Storage} promise. */
public abstract class WritingContract extends StorageContract {
    @Test
    void a_transaction_sees_its_own_changes() {
        storage.ledger().begin();
        assertThat(storage.ledger().find("notes", "1")).isNull();
        storage.ledger().append(chronicle.create("notes", "1", "{\"a\":1}"));
        assertThat(storage.ledger().find("notes", "1")).isEqualTo(chronicle.find("notes", "1"));
        storage.ledger().append(chronicle.update("notes", "1", "{\"a\":2}"));
        assertThat(storage.ledger().find("notes", "1")).isEqualTo(chronicle.find("notes", "1"));
        storage.ledger().append(chronicle.delete("notes", "1"));
        assertThat(storage.ledger().find("notes", "1")).isNull();
        storage.ledger().commit();
        assertThat(log()).hasSize(3);
    }

    @Test
    void an_empty_transaction_changes_nothing() {
        create("notes", "1");
        storage.ledger().begin();
        storage.ledger().commit();
        assertThat(head()).isEqualTo(1);
        assertThat(log()).hasSize(1);
    }

    @Test
    void a_transaction_sees_what_a_collection_has_behind_a_revision() {
        create("notes", "1", "2", "3");
        create("tasks", "1");
        storage.ledger().begin();
        storage.ledger().append(chronicle.update("notes", "1", "{\"a\":2}"));
        storage.ledger().append(chronicle.delete("notes", "3"));
        assertThat(changed("notes", 0, 9, Long.MAX_VALUE)).containsExactly("2", "1");
        assertThat(changed("notes", 2, 9, Long.MAX_VALUE)).containsExactly("1");
        assertThat(changed("notes", 0, 1, Long.MAX_VALUE)).containsExactly("2");
        assertThat(changed("notes", 0, 9, 1)).containsExactly("2");
        assertThat(changed("nothing", 0, 9, Long.MAX_VALUE)).isEmpty();
        assertThat(storage.ledger().count("notes")).isEqualTo(2);
        assertThat(storage.ledger().count("nothing")).isZero();
        storage.ledger().commit();
    }

    private List<String> changed(String collection, long after, int countMax, long weightMax) {
        return ids(storage.ledger().changed(collection, after, countMax, weightMax));
    }

    @Test
    void a_change_out_of_order_is_refused() {
        create("notes", "1");
        assertRefused(creation(1, "notes", "2"));
        assertRefused(creation(3, "notes", "2"));
    }

    @Test
    void a_change_that_does_not_fit_is_refused() {
        create("notes", "1", "2");
        Resource present = Objects.requireNonNull(chronicle.find("notes", "1"));
        Resource gone = creation(2, "tasks", "9").after();
        assertRefused(creation(3, "notes", "1"));
        assertRefused(new Change(3, Chronicle.millis(3), gone, null, null));
        assertRefused(new Change(3, Chronicle.millis(3), gone, resource(3, "tasks", "9"), null));
        Resource other = resource(2, "notes", "1");
        assertRefused(new Change(3, Chronicle.millis(3), other, null, null));
        assertThat(find("notes", "1")).isEqualTo(present);
    }

    @Test
    void a_failed_append_leaves_no_trace_and_the_transaction_goes_on() {
        create("notes", "1");
        storage.ledger().begin();
        storage.ledger().append(chronicle.create("notes", "2", "{}"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> storage.ledger().append(creation(3, "notes", "1")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> storage.ledger()
                        .append(new Change(
                                3, Chronicle.millis(3), resource(1, "tasks", "1"), null, null)));
        storage.ledger().append(chronicle.create("notes", "3", "{}"));
        storage.ledger().commit();
        assertThat(revisions(log())).containsExactly(1L, 2L, 3L);
        assertThat(ids(state())).containsExactly("1", "2", "3");
        assertThat(collections("", 9)).hasSize(1);
    }

    @Test
    void trim_removes_changes_up_to_a_revision() {
        create("notes", "1", "2", "3");
        assertThat(trim(2)).isEqualTo(2);
        assertThat(revisions(log())).containsExactly(3L);
        assertThat(horizon()).isEqualTo(2);
    }

    @Test
    void trim_with_nothing_to_remove_tells_the_horizon() {
        assertThat(trim(9)).isZero();
        create("notes", "1", "2");
        assertThat(trim(1)).isEqualTo(1);
        assertThat(trim(-5)).isEqualTo(1);
    }

    @Test
    void trim_leaves_the_state_alone() {
        create("notes", "1", "2");
        List<Resource> before = state();
        trim(2);
        assertThat(state()).isEqualTo(before);
        assertThat(collections("", 9).getFirst().revision()).isEqualTo(2);
    }

    @Test
    void revisions_go_on_when_the_whole_log_is_trimmed() {
        create("notes", "1", "2");
        commit(chronicle.delete("notes", "2"));
        assertThat(trim(9)).isEqualTo(3);
        reopen();
        assertThat(head()).isEqualTo(3);
        assertThat(headMillis()).isEqualTo(Chronicle.millis(3));
        assertRefused(creation(3, "notes", "2"));
        create("notes", "2");
        assertThat(revisions(log())).containsExactly(4L);
    }

    @Test
    void a_batch_is_kept_with_its_changes() {
        var batch = new Change.Batch(2, 3);
        create("notes", "1");
        commit(
                chronicle.create("notes", "2", "{}").in(batch),
                chronicle.delete("notes", "1").in(batch),
                chronicle.create("notes", "3", "{}"));
        reopen();
        assertThat(log()).extracting(Change::batch).containsExactly(null, batch, batch, null);
    }

    @Test
    void an_answer_is_kept_with_the_transaction() {
        KeptAnswer answer = answer("key", 1);
        storage.ledger().begin();
        assertThat(storage.ledger().findAnswer("key")).isNull();
        storage.ledger().keep(answer);
        assertThat(storage.ledger().findAnswer("key")).isEqualTo(answer);
        storage.ledger().commit();
        reopen();
        assertThat(answers("key", "other")).containsExactly("key");
    }

    @Test
    void an_answer_of_a_transaction_that_is_given_up_is_not_kept() {
        storage.ledger().begin();
        storage.ledger().keep(answer("key", 1));
        storage.ledger().recover();
        assertThat(answers("key")).isEmpty();
    }

    @Test
    void an_answer_replaces_the_one_of_its_key_and_what_is_older() {
        keep("a", "b", "c");
        keep("b");
        assertThat(answers("a", "b", "c")).containsExactly("b", "c");
        assertThat(trimAnswers(0, 1, Long.MAX_VALUE, 9)).isEqualTo(1);
        assertThat(answers("b", "c")).containsExactly("b");
    }

    @Test
    void the_oldest_answers_go_by_time_by_count_and_by_weight() {
        long weight = answer("a", 1).weightBytes();
        keep("a", "b", "c", "d", "e");
        assertThat(trimAnswers(0, 5, 5 * weight, 9)).isZero();
        assertThat(trimAnswers(2, 5, 5 * weight, 9)).isEqualTo(1);
        assertThat(trimAnswers(0, 3, 5 * weight, 9)).isEqualTo(1);
        assertThat(trimAnswers(0, 3, 3 * weight - 1, 9)).isEqualTo(1);
        assertThat(answers("a", "b", "c", "d", "e")).containsExactly("d", "e");
        assertThat(trimAnswers(99, 0, 0, 1)).isEqualTo(1);
        assertThat(trimAnswers(99, 0, 0, 9)).isEqualTo(1);
        assertThat(trimAnswers(99, 0, 0, 9)).isZero();
        keep("f");
        assertThat(trimAnswers(0, 1, weight, 9)).isZero();
    }

    private void keep(String... keys) {
        storage.ledger().begin();
        for (String key : keys) {
            storage.ledger().keep(answer(key, key.charAt(0) - 'a' + 1));
        }
        storage.ledger().commit();
    }

    private int trimAnswers(long timeMillis, long answersMax, long bytesMax, int countMax) {
        storage.ledger().begin();
        int count = storage.ledger().trimAnswers(timeMillis, answersMax, bytesMax, countMax);
        storage.ledger().commit();
        return count;
    }

    /** Those of the keys under which there is an answer. */
    private List<String> answers(String... keys) {
        storage.ledger().begin();
        List<String> kept = Stream.of(keys)
                .filter(key -> storage.ledger().findAnswer(key) != null)
                .toList();
        storage.ledger().commit();
        return kept;
    }

    private static KeptAnswer answer(String key, long timeMillis) {
        return new KeptAnswer(key, timeMillis, "of " + key.length(), "Grüße, 世界 🌍");
    }

    @Test
    void recover_gives_the_open_transaction_up() {
        create("notes", "1");
        storage.ledger().begin();
        storage.ledger().append(creation(2, "tasks", "1"));
        storage.ledger().trim(1);
        storage.ledger().recover();
        assertThat(revisions(log())).containsExactly(1L);
        assertThat(collections("", 9)).hasSize(1);
        create("tasks", "1");
        assertThat(revisions(log())).containsExactly(1L, 2L);
    }

    @Test
    void recover_without_a_failure_changes_nothing() {
        create("notes", "1");
        storage.ledger().recover();
        storage.ledger().recover();
        assertThat(revisions(log())).containsExactly(1L);
        create("notes", "2");
        assertThat(revisions(log())).containsExactly(1L, 2L);
    }

    @Test
    void calls_outside_of_a_transaction_are_refused() {
        assertThatThrownBy(() -> storage.ledger().append(creation(1, "notes", "1")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> storage.ledger().find("notes", "1"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> storage.ledger().commit())
                .isInstanceOf(IllegalStateException.class);
        storage.ledger().begin();
        assertThatThrownBy(() -> storage.ledger().begin())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void what_was_committed_is_there_when_it_is_opened_again() {
        create("notes", "1", "2");
        commit(chronicle.update("notes", "1", "{}"));
        trim(1);
        String epoch = storage.epoch();
        List<Change> log = log();
        List<Resource> state = state();
        reopen();
        assertThat(storage.epoch()).isEqualTo(epoch).matches("[a-z0-9]{1,16}");
        assertThat(log()).isEqualTo(log);
        assertThat(state()).isEqualTo(state);
        create("notes", "3");
        assertThat(revisions(log())).containsExactly(2L, 3L, 4L);
    }

    @Test
    void what_was_not_committed_is_gone_when_it_is_opened_again() {
        create("notes", "1");
        storage.ledger().begin();
        storage.ledger().append(creation(2, "notes", "2"));
        reopen();
        assertThat(revisions(log())).containsExactly(1L);
        assertThat(ids(state())).containsExactly("1");
    }

    @Test
    void a_closed_storage_can_be_closed_again_and_refuses_the_rest() {
        storage.close();
        storage.close();
        assertThatThrownBy(() -> head()).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> storage.ledger().begin()).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> storage.ledger().recover()).isInstanceOf(StorageException.class);
    }

    private void assertRefused(Change change) {
        List<Change> log = log();
        storage.ledger().begin();
        assertThatIllegalArgumentException().isThrownBy(() -> storage.ledger().append(change));
        storage.ledger().commit();
        assertThat(log()).isEqualTo(log);
    }

    private static Change creation(long revision, String collection, String id) {
        return new Change(
                revision,
                Chronicle.millis(revision),
                null,
                resource(revision, collection, id),
                null);
    }

    private static Resource resource(long revision, String collection, String id) {
        return new Resource(
                collection,
                id,
                revision,
                Chronicle.millis(revision),
                Chronicle.millis(revision),
                Json.EMPTY);
    }
}
