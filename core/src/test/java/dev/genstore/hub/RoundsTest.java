package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

class RoundsTest {
    private final List<Integer> elements =
            new ArrayList<>(IntStream.range(0, 100).boxed().toList());
    private final List<Integer> visited = new ArrayList<>();

    @Test
    void a_round_of_few_is_one_slice() {
        var rounds = new Rounds<>(elements, 100);
        assertThat(rounds.visit(visited::add)).isTrue();
        assertThat(visited).containsExactlyInAnyOrderElementsOf(elements);
    }

    @Test
    void a_round_of_many_is_four_slices_and_each_is_visited_once() {
        var rounds = new Rounds<>(elements, 10);
        for (int i = 1; i < 4; i++) {
            assertThat(rounds.visit(visited::add)).isFalse();
        }
        assertThat(rounds.visit(visited::add)).isTrue();
        assertThat(visited).containsExactlyInAnyOrderElementsOf(elements);
        assertThat(rounds.visit(visited::add)).isFalse();
    }

    @Test
    void who_goes_during_a_round_keeps_nobody_from_being_visited() {
        var rounds = new Rounds<>(elements, 10);
        List<Integer> all = List.copyOf(elements);
        while (!rounds.visit(this::visitAndRemove)) {}
        assertThat(visited).containsAll(all);
        assertThat(elements).isEmpty();
        assertThat(rounds.visit(visited::add)).isTrue();
    }

    private void visitAndRemove(Integer element) {
        visited.add(element);
        Integer last = elements.removeLast();
        if (!last.equals(element)) {
            elements.set(elements.indexOf(element), last);
        }
    }
}
