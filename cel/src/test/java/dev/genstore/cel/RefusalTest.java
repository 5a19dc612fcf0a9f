package dev.genstore.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.genstore.query.FilterLimits;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.Collections;
import java.util.List;

/** A wrong filter is refused with its place, in words that help. */
class RefusalTest {
    @ParameterizedTest
    @MethodSource("rows")
    void a_wrong_expression_is_refused_with_its_place(String expression, int column, String words) {
        assertThat(refusal(expression))
                .startsWith("Line 1, column " + column + ": ")
                .contains(words)
                .endsWith(".");
    }

    static List<Arguments> rows() throws IOException {
        return Rows.of("refusals.txt").stream()
                .map(line -> line.split(" => "))
                .map(parts -> Arguments.of(parts[0], Integer.parseInt(parts[1]), parts[2]))
                .toList();
    }

    @Test
    void a_place_is_told_by_line_too() {
        assertThat(refusal("a == 1 &&\n  b < null")).startsWith("Line 2, column 5: ");
        assertThat(refusal("a == 1 &&\n  b <")).startsWith("Line 2, column 6: ");
    }

    @Test
    void an_empty_filter_is_refused() {
        assertThat(refusal("")).contains("empty");
        assertThat(refusal(" \n")).contains("empty");
    }

    @Test
    void a_filter_has_a_longest_length() {
        String longest = "a == \"" + "x".repeat(FilterLimits.LENGTH_MAX - 7) + "\"";
        assertThat(Trial.filter(longest)).isNotNull();
        assertThat(refusal(longest + " ")).contains("at most 2000 characters");
    }

    @Test
    void a_filter_has_at_most_so_many_parts() {
        String most = "[" + String.join(",", Collections.nCopies(197, "1")) + "]";
        assertThat(Trial.filter("a == " + most)).isNotNull();
        assertThat(refusal("b == " + most.replaceFirst("1", "1,1"))).contains("at most 200 parts");
    }

    @Test
    void parts_stand_at_most_so_deep_inside_one_another() {
        assertThat(Trial.filter("(".repeat(50) + "a" + ")".repeat(50))).isNotNull();
        assertThat(Trial.filter("a" + " + a".repeat(50) + " == 1")).isNotNull();
        assertThat(Trial.filter("a" + " && a".repeat(99))).isNotNull();
        for (String deep : List.of(
                "(".repeat(400) + "a" + ")".repeat(400),
                "a" + " + a".repeat(90) + " == 1",
                "!".repeat(190) + "a",
                "-".repeat(190) + "a == 1",
                "a" + "[0]".repeat(90) + " == 1",
                "a" + ".b".repeat(90) + " == 1",
                "[".repeat(90) + "]".repeat(90) + " == a")) {
            assertThat(refusal(deep)).contains("nested deeper than 64 levels");
        }
    }

    @Test
    void what_is_refused_is_refused_again() {
        assertThat(refusal("a <")).isEqualTo(refusal("a <"));
    }

    private static String refusal(String expression) {
        Problem problem = catchThrowableOfType(Problem.class, () -> Trial.filter(expression));
        assertThat(problem).as("refusal of %s", expression).isNotNull();
        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_FILTER);
        return problem.detail();
    }
}
