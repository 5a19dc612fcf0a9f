package dev.genstore.changelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.genstore.resource.Change;
import dev.genstore.store.StorageException;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class ChangelogTest {
    private static final long PLENTY = 1 << 20;

    private final StoredLog stored = new StoredLog();

    @Test
    void it_begins_at_the_head_of_the_storage() {
        store(3);
        Changelog changelog = changelog(4);
        assertThat(changelog.head()).isEqualTo(3);
        assertThat(changelog.epoch()).isEqualTo(StoredLog.EPOCH);
    }

    @Test
    void what_is_recent_comes_from_memory() {
        Changelog changelog = changelog(4);
        changelog.committed(store(3));
        int reads = stored.reads();
        assertThat(revisions(changelog.after(1, 10, PLENTY))).containsExactly(2L, 3L);
        assertThat(stored.reads()).isEqualTo(reads);
    }

    @Test
    void what_is_older_comes_from_the_storage() {
        store(3);
        Changelog changelog = changelog(4);
        changelog.committed(store(1));
        assertThat(revisions(changelog.after(1, 10, PLENTY))).containsExactly(2L, 3L, 4L);
    }

    @Test
    void what_is_stored_and_not_published_is_not_given() {
        store(3);
        Changelog changelog = changelog(4);
        store(2);
        assertThat(revisions(changelog.after(1, 10, PLENTY))).containsExactly(2L, 3L);
        assertThat(revisions(changelog.after(3, 10, PLENTY))).isEmpty();
    }

    @Test
    void what_retention_has_taken_is_gone_and_the_rest_is_there() {
        store(5);
        Changelog changelog = changelog(4);
        stored.trim(2);
        assertThat(changelog.after(1, 10, PLENTY)).isInstanceOf(Reading.Gone.class);
        assertThat(revisions(changelog.after(2, 10, PLENTY))).containsExactly(3L, 4L, 5L);
    }

    @Test
    void what_is_in_memory_outlives_retention() {
        Changelog changelog = changelog(8);
        changelog.committed(store(5));
        stored.trim(5);
        assertThat(revisions(changelog.after(0, 10, PLENTY))).hasSize(5);
    }

    @Test
    void a_page_from_the_storage_is_bounded_by_count_and_by_weight() {
        store(5);
        Changelog changelog = changelog(4);
        assertThat(revisions(changelog.after(0, 2, PLENTY))).containsExactly(1L, 2L);
        assertThat(revisions(changelog.after(0, 10, 1))).containsExactly(1L);
    }

    @Test
    void a_storage_that_ends_below_the_head_is_damaged() {
        Changelog changelog = changelog(1);
        var elsewhere = new StoredLog();
        changelog.committed(
                List.of(elsewhere.put("notes", "1", "{}"), elsewhere.put("notes", "2", "{}")));
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> changelog.after(0, 10, PLENTY))
                .matches(failure -> failure.kind() == StorageException.Kind.DAMAGED);
    }

    @Test
    void who_listens_is_called_behind_the_changes() {
        Changelog changelog = changelog(4);
        List<Long> heads = new ArrayList<>();
        changelog.listen(() -> heads.add(changelog.head()));
        changelog.committed(store(2));
        changelog.committed(store(1));
        assertThat(heads).containsExactly(2L, 3L);
    }

    private Changelog changelog(int countMax) {
        return new Changelog(stored, new Changelog.Memory(countMax, PLENTY));
    }

    private List<Change> store(int count) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            changes.add(stored.put("notes", "n" + stored.head(), "{}"));
        }
        return changes;
    }

    private static List<Long> revisions(Reading reading) {
        return ((Reading.Changes) reading)
                .changes().stream().map(Change::revision).toList();
    }
}
