package dev.genstore.changelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.genstore.resource.Change;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Objects;

class RecentChangesTest {
    private static final long PLENTY = 1 << 20;

    private final StoredLog log = new StoredLog();

    @Test
    void an_empty_ring_has_nothing_behind_its_head_and_does_not_know_what_was_before() {
        var recent = new RecentChanges(7, 4, PLENTY);
        assertThat(recent.head()).isEqualTo(7);
        assertThat(recent.after(7, 10)).isEmpty();
        assertThat(recent.after(6, 10)).isNull();
    }

    @Test
    void a_reader_gets_what_is_behind_its_position_and_not_more_than_it_asked_for() {
        var recent = filled(3, 4, PLENTY);
        assertThat(revisions(recent, 0, 10)).containsExactly(1L, 2L, 3L);
        assertThat(revisions(recent, 1, 1)).containsExactly(2L);
        assertThat(revisions(recent, 3, 10)).isEmpty();
    }

    @Test
    void a_position_above_the_head_has_nothing_behind_it() {
        assertThat(filled(3, 4, PLENTY).after(9, 10)).isEmpty();
    }

    @Test
    void the_oldest_goes_when_there_are_too_many() {
        var recent = filled(6, 4, PLENTY);
        assertThat(recent.after(1, 10)).isNull();
        assertThat(revisions(recent, 2, 10)).containsExactly(3L, 4L, 5L, 6L);
    }

    @Test
    void the_oldest_go_when_they_weigh_too_much() {
        int weight = log.put("notes", "0", "{}").weightBytes();
        var recent = new RecentChanges(1, 8, 2L * weight);
        for (int i = 1; i < 5; i++) {
            recent.add(log.put("notes", Integer.toString(i), "{}"));
        }
        assertThat(recent.after(2, 10)).isNull();
        assertThat(revisions(recent, 3, 10)).containsExactly(4L, 5L);
    }

    @Test
    void the_last_stays_however_much_it_weighs() {
        var recent = filled(3, 4, 1);
        assertThat(recent.after(1, 10)).isNull();
        assertThat(revisions(recent, 2, 10)).containsExactly(3L);
    }

    @Test
    void a_ring_of_one_keeps_the_last() {
        assertThat(revisions(filled(3, 1, PLENTY), 2, 10)).containsExactly(3L);
    }

    @Test
    void a_change_that_does_not_follow_the_last_is_refused() {
        var recent = filled(2, 4, PLENTY);
        log.put("notes", "left out", "{}");
        Change late = log.put("notes", "too late", "{}");
        assertThatIllegalStateException().isThrownBy(() -> recent.add(late));
        assertThat(recent.head()).isEqualTo(2);
    }

    @Test
    void a_size_that_is_no_power_of_two_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RecentChanges(0, 3, PLENTY));
    }

    private RecentChanges filled(int count, int countMax, long weightMax) {
        var recent = new RecentChanges(0, countMax, weightMax);
        for (int i = 1; i <= count; i++) {
            recent.add(log.put("notes", Integer.toString(i), "{}"));
        }
        return recent;
    }

    private static List<Long> revisions(RecentChanges recent, long revision, int countMax) {
        return Objects.requireNonNull(recent.after(revision, countMax)).stream()
                .map(Change::revision)
                .toList();
    }
}
