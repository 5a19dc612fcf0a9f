package dev.genstore.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a\"b", "a\\b", "é", "line\nbreak"})
    void an_origin_that_events_could_not_carry_is_refused(String origin) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> delete(origin))
                .matches(problem -> problem.type() == ProblemType.INVALID_HEADER);
    }

    @Test
    void an_origin_may_be_any_visible_ascii() {
        assertThat(delete("it's-me_0~7").origin()).isEqualTo("it's-me_0~7");
    }

    private static Write delete(String origin) {
        return new Write("notes", "7", new Edit.Delete(), Precondition.NONE, origin);
    }
}
