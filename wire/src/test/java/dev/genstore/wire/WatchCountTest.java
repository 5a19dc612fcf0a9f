package dev.genstore.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import org.junit.jupiter.api.Test;

class WatchCountTest {
    @Test
    void one_too_many_is_refused_and_counts_nothing() {
        var count = new WatchCount(2);
        count.add();
        count.add();
        assertThatThrownBy(count::add)
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.OVERLOADED));
        count.remove(1);
        count.add();
        assertThat(count.count()).isEqualTo(2);
    }
}
