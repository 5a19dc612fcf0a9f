package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.changelog.StoredLog;
import dev.genstore.query.Selection;

import org.junit.jupiter.api.Test;

import java.util.List;

/** When a ranking that was read is taken over, and when it is not. */
class LiveRankingTest {
    private static final Selection BEST = new TopModel(false, 2).selection();

    private final StoredLog stored = new StoredLog();
    private final RankingMemory memory = new RankingMemory(1 << 20);
    private final LiveRanking live = new LiveRanking(memory);

    private boolean isKnownBehind(String id) {
        return live.see(new Transition(stored.put("games", id, "{\"n\":1}"))).isPresent();
    }

    private Ranking empty() {
        return new Ranking(BEST, stored.head(), List.of(), null);
    }

    @Test
    void what_is_read_is_taken_over_by_the_next_change() {
        live.take(live.asks().orElseThrow(), empty());
        assertThat(isKnownBehind("a")).isTrue();
        assertThat(memory.bytes()).isPositive();
        live.close();
        assertThat(memory.bytes()).isZero();
    }

    @Test
    void what_changes_while_it_is_read_is_not_lost() {
        long number = live.asks().orElseThrow();
        Ranking read = empty();
        assertThat(isKnownBehind("a")).isFalse();
        live.take(number, read);
        assertThat(isKnownBehind("b")).isTrue();
        assertThat(read.shown()).hasSize(2);
    }

    @Test
    void one_that_was_asked_for_before_the_hub_passed_over_changes_is_not_taken() {
        long early = live.asks().orElseThrow();
        Ranking read = empty();
        stored.put("games", "a", "{\"n\":1}");
        live.lose();
        long late = live.asks().orElseThrow();
        live.take(early, read);
        assertThat(isKnownBehind("b")).isFalse();
        live.take(late, new Ranking(BEST, 1, List.of(), null));
        assertThat(isKnownBehind("c")).isTrue();
    }

    @Test
    void it_is_asked_for_once_and_after_a_failure_not_at_once_again() {
        long number = live.asks().orElseThrow();
        assertThat(live.asks()).isEmpty();
        live.fail(number);
        int passed = 0;
        while (live.asks().isEmpty()) {
            passed++;
        }
        assertThat(passed).isEqualTo(100);
    }
}
