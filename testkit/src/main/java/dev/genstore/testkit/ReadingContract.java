package dev.genstore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.query.Place;
import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;
import dev.genstore.store.CollectionState;
import dev.genstore.store.ListQuery;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Objects;

/** What {@link dev.genstore.store.Snapshot} promises. */
public abstract class ReadingContract extends StorageContract {
    @Test
    void a_new_store_is_empty() {
        storage.read(snapshot -> {
            assertThat(snapshot.head()).isZero();
            assertThat(snapshot.headMillis()).isZero();
            assertThat(snapshot.horizon()).isZero();
            assertThat(snapshot.find("notes", "1")).isNull();
            assertThat(snapshot.list(ListQuery.of("notes")).resources()).isEmpty();
            assertThat(snapshot.collections("", 10)).isEmpty();
            assertThat(snapshot.state(EVERYTHING, 0, 10, 10, Long.MAX_VALUE)).isEmpty();
            assertThat(snapshot.changes(0, 10, 0)).isEmpty();
            assertThat(snapshot.lastChange(EVERYTHING)).isZero();
            return true;
        });
    }

    @Test
    void head_is_the_last_change() {
        create("notes", "1", "2");
        assertThat(head()).isEqualTo(2);
        assertThat(headMillis()).isEqualTo(Chronicle.millis(2));
    }

    @Test
    void a_resource_is_found_as_it_was_written() {
        commit(chronicle.create("notes", "1", "{\"text\":\"Grüße, 世界 🌍\"}"));
        assertThat(find("notes", "1")).isEqualTo(chronicle.find("notes", "1"));
        commit(chronicle.update("notes", "1", "{}"));
        assertThat(find("notes", "1")).isEqualTo(chronicle.find("notes", "1"));
        commit(chronicle.delete("notes", "1"));
        assertThat(find("notes", "1")).isNull();
    }

    @Test
    void a_resource_of_megabytes_is_found_as_it_was_written() {
        commit(chronicle.create("notes", "1", "{\"text\":\"" + "long ".repeat(500_000) + "\"}"));
        assertThat(find("notes", "1")).isEqualTo(chronicle.find("notes", "1"));
    }

    @Test
    void one_id_in_two_collections_names_two_resources() {
        commit(chronicle.create("notes", "1", "{\"a\":1}"));
        commit(chronicle.create("tasks", "1", "{\"b\":2}"));
        assertThat(find("notes", "1")).isEqualTo(chronicle.find("notes", "1"));
        assertThat(find("tasks", "1")).isEqualTo(chronicle.find("tasks", "1"));
    }

    @Test
    void a_list_is_in_order_of_id_by_code_unit() {
        create("notes", "b", "~", "a", "_", "Z", "10", "9", ".x", "aa");
        create("tasks", "other");
        assertThat(list("notes", "", 100))
                .containsExactly(".x", "10", "9", "Z", "_", "a", "aa", "b", "~");
    }

    @Test
    void a_list_goes_on_behind_an_id_whether_it_exists_or_not() {
        create("notes", "a", "b", "c");
        assertThat(list("notes", "a", 100)).containsExactly("b", "c");
        assertThat(list("notes", "aa", 1)).containsExactly("b");
        assertThat(list("notes", "c", 100)).isEmpty();
    }

    @Test
    void collections_are_in_order_of_name_with_count_and_last_change() {
        create("tasks", "1", "2");
        create("notes", "1");
        commit(chronicle.delete("tasks", "1"));
        assertThat(collections("", 10))
                .containsExactly(
                        new CollectionState("notes", 1, 3), new CollectionState("tasks", 1, 4));
        assertThat(collections("", 1)).containsExactly(new CollectionState("notes", 1, 3));
        assertThat(collections("notes", 10)).containsExactly(new CollectionState("tasks", 1, 4));
    }

    @Test
    void a_collection_stays_when_its_last_resource_is_deleted() {
        create("notes", "1");
        commit(chronicle.delete("notes", "1"));
        assertThat(collections("", 10)).containsExactly(new CollectionState("notes", 0, 2));
    }

    @Test
    void the_last_change_of_a_target_is_the_last_that_it_covers() {
        create("notes", "1", "2");
        create("tasks", "1");
        commit(chronicle.update("notes", "1", "{}"));
        assertThat(lastChange(EVERYTHING)).isEqualTo(4);
        assertThat(lastChange(new Target.InCollection("tasks"))).isEqualTo(3);
        assertThat(lastChange(new Target.InCollection("nothing"))).isZero();
        assertThat(lastChange(new Target.Single("notes", "1"))).isEqualTo(4);
        assertThat(lastChange(new Target.Single("notes", "2"))).isEqualTo(2);
        assertThat(lastChange(new Target.Single("notes", "3"))).isZero();
    }

    @Test
    void the_last_change_of_a_deleted_resource_is_its_deletion_while_the_log_has_it() {
        create("notes", "1", "2");
        commit(chronicle.delete("notes", "1"));
        create("notes", "1");
        commit(chronicle.delete("notes", "1"));
        create("notes", "3");
        var target = new Target.Single("notes", "1");
        assertThat(lastChange(target)).isEqualTo(5);
        trim(4);
        assertThat(lastChange(target)).isEqualTo(5);
        trim(5);
        assertThat(lastChange(target)).isZero();
    }

    @Test
    void the_last_deletion_in_a_collection_is_known_while_the_log_has_it() {
        create("notes", "1", "2", "3");
        create("tasks", "1");
        assertThat(lastDeletion("notes")).isZero();
        commit(chronicle.delete("notes", "2"));
        commit(chronicle.delete("notes", "1"));
        commit(chronicle.delete("tasks", "1"));
        commit(chronicle.update("notes", "3", "{}"));
        assertThat(lastDeletion("notes")).isEqualTo(6);
        assertThat(lastDeletion("tasks")).isEqualTo(7);
        assertThat(lastDeletion("nothing")).isZero();
        trim(6);
        assertThat(lastDeletion("notes")).isZero();
    }

    @Test
    void the_state_is_in_order_of_revision() {
        create("notes", "c", "b");
        create("tasks", "a");
        commit(chronicle.update("notes", "c", "{}"));
        assertThat(state())
                .containsExactly(
                        chronicle.find("notes", "b"),
                        chronicle.find("tasks", "a"),
                        chronicle.find("notes", "c"));
    }

    @Test
    void the_state_of_a_target_has_what_it_covers() {
        create("notes", "c", "b");
        create("tasks", "a", "c");
        assertThat(state(new Target.InCollection("notes"), 0, 9, 9)).containsExactly("c", "b");
        assertThat(state(new Target.InCollection("nothing"), 0, 9, 9)).isEmpty();
        assertThat(state(new Target.Single("notes", "b"), 0, 9, 9)).containsExactly("b");
        assertThat(state(new Target.Single("notes", "a"), 0, 9, 9)).isEmpty();
    }

    @Test
    void the_state_is_read_in_pages_between_two_revisions() {
        create("notes", "1", "2", "3", "4", "5");
        for (Target target : List.of(EVERYTHING, new Target.InCollection("notes"))) {
            assertThat(state(target, 1, 4, 9)).containsExactly("2", "3", "4");
            assertThat(state(target, 1, 4, 2)).containsExactly("2", "3");
            assertThat(state(target, 5, 9, 9)).isEmpty();
        }
        assertThat(state(new Target.Single("notes", "2"), 1, 2, 1)).containsExactly("2");
        assertThat(state(new Target.Single("notes", "2"), 2, 9, 9)).isEmpty();
        assertThat(state(new Target.Single("notes", "2"), 0, 1, 9)).isEmpty();
    }

    @Test
    void a_page_of_resources_ends_when_it_is_heavy_enough_but_has_one() {
        create("notes", "1", "2", "3");
        long weight = state().getFirst().weightBytes();
        for (long heavyEnough : new long[] {0, weight}) {
            assertThat(heavyPages(heavyEnough))
                    .allSatisfy(page -> assertThat(page).hasSize(1));
        }
        assertThat(heavyPages(weight + 1)).allSatisfy(page -> assertThat(page).hasSize(2));
        assertThat(heavyPages(3 * weight)).allSatisfy(page -> assertThat(page).hasSize(3));
    }

    @Test
    void the_log_has_every_change_as_it_was_written() {
        Change created = chronicle.create("notes", "1", "{\"a\":1}");
        Change updated = chronicle.update("notes", "1", "{\"a\":2}");
        Change deleted = chronicle.delete("notes", "1");
        commit(created, updated);
        commit(deleted);
        assertThat(log()).containsExactly(created, updated, deleted);
    }

    @Test
    void changes_are_read_in_pages() {
        create("notes", "1", "2", "3", "4");
        assertThat(changes(1, 2, Long.MAX_VALUE)).containsExactly(2L, 3L);
        assertThat(changes(3, 2, Long.MAX_VALUE)).containsExactly(4L);
        assertThat(changes(4, 2, Long.MAX_VALUE)).isEmpty();
        assertThat(changes(9, 2, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void a_page_of_changes_ends_before_it_gets_too_heavy_but_has_one() {
        create("notes", "1", "2", "3");
        long weight = log().getFirst().weightBytes();
        assertThat(changes(0, 9, 0)).containsExactly(1L);
        assertThat(changes(0, 9, 2 * weight - 1)).containsExactly(1L);
        assertThat(changes(0, 9, 2 * weight)).containsExactly(1L, 2L);
    }

    @Test
    void changes_from_below_the_horizon_are_refused() {
        create("notes", "1", "2", "3");
        trim(2);
        assertThat(changes(2, 9, 0)).containsExactly(3L);
        assertThatThrownBy(() -> changes(1, 9, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_snapshot_does_not_see_a_commit_that_comes_later() {
        create("notes", "1");
        Resource before = Objects.requireNonNull(chronicle.find("notes", "1"));
        storage.read(snapshot -> {
            assertThat(snapshot.head()).isEqualTo(1);
            commit(chronicle.update("notes", "1", "{}"), chronicle.create("tasks", "2", "{}"));
            assertThat(snapshot.head()).isEqualTo(1);
            assertThat(snapshot.find("notes", "1")).isEqualTo(before);
            assertThat(snapshot.state(EVERYTHING, 0, 9, 9, Long.MAX_VALUE)).containsExactly(before);
            assertThat(snapshot.collections("", 9)).hasSize(1);
            assertThat(revisions(snapshot.changes(0, 9, Long.MAX_VALUE))).containsExactly(1L);
            return true;
        });
        assertThat(head()).isEqualTo(3);
    }

    @Test
    void a_snapshot_does_not_see_what_is_not_committed() {
        storage.ledger().begin();
        storage.ledger().append(chronicle.create("notes", "1", "{}"));
        assertThat(find("notes", "1")).isNull();
        assertThat(head()).isZero();
        storage.ledger().commit();
        assertThat(find("notes", "1")).isNotNull();
    }

    @Test
    void what_a_reading_throws_comes_to_its_caller() {
        var failure = new IllegalStateException("of the reading");
        assertThatThrownBy(() -> storage.read(snapshot -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(head()).isZero();
    }

    private List<String> list(String collection, String afterId, int countMax) {
        ListQuery query =
                ListQuery.of(collection).after(Place.ofId(afterId)).upTo(countMax, Long.MAX_VALUE);
        return ids(storage.read(snapshot -> snapshot.list(query)).resources());
    }

    /** The first page of each kind. */
    private List<List<Resource>> heavyPages(long weightMax) {
        return storage.read(snapshot -> List.of(
                snapshot.list(ListQuery.of("notes").upTo(9, weightMax)).resources(),
                snapshot.state(EVERYTHING, 0, 9, 9, weightMax),
                snapshot.state(new Target.InCollection("notes"), 0, 9, 9, weightMax)));
    }

    private long lastDeletion(String collection) {
        return storage.read(snapshot -> snapshot.lastDeletion(collection));
    }

    private long lastChange(Target target) {
        return storage.read(snapshot -> snapshot.lastChange(target));
    }

    private List<String> state(Target target, long after, long through, int countMax) {
        return ids(storage.read(
                snapshot -> snapshot.state(target, after, through, countMax, Long.MAX_VALUE)));
    }

    private List<Long> changes(long after, int countMax, long weightMax) {
        return revisions(storage.read(snapshot -> snapshot.changes(after, countMax, weightMax)));
    }
}
