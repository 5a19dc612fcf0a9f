package dev.genstore.wire.longpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.hub.Progress;
import dev.genstore.hub.ResetReason;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class ProgressCursorTest {
    private static final String NAME = "&cursor=";

    @ParameterizedTest
    @MethodSource("inTheMiddle")
    void who_is_in_the_middle_of_a_state_finds_back_there(Progress progress) {
        String parameter = ProgressCursor.parameter(progress);
        assertThat(parameter).startsWith(NAME);
        assertThat(ProgressCursor.read(parameter.substring(NAME.length()))).isEqualTo(progress);
    }

    static List<Progress> inTheMiddle() {
        return List.of(
                new Progress.State(0, 0, 7),
                new Progress.State(5, 4, 1_000_000_000_000L),
                new Progress.Log(7, 5, 9),
                new Progress.Log(0, 0, 1));
    }

    @Test
    void elsewhere_the_position_says_all() {
        assertThat(ProgressCursor.parameter(new Progress.Log(7, 5, 7))).isEmpty();
        assertThat(ProgressCursor.parameter(new Progress.Log(7, 7, 0))).isEmpty();
        assertThat(ProgressCursor.parameter(new Progress.Lost(ResetReason.AHEAD)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s",
                "1.2.3",
                "x1.2.3",
                "s1.2",
                "s1.2.3.4",
                "s-1.2.3",
                "s01.2.3",
                "s1.2.3 ",
                "S1.2.3",
                "l1.2.1000000000000000000"
            })
    void what_no_page_has_given_is_refused(String cursor) {
        assertThatThrownBy(() -> ProgressCursor.read(cursor))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.type())
                                .isEqualTo(ProblemType.INVALID_PARAMETER));
    }
}
