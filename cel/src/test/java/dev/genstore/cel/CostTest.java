package dev.genstore.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.query.Document;
import dev.genstore.query.Filter;
import dev.genstore.resource.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is made to be expensive is refused, or ends by the count of its steps: then neither it nor its
 * negation matches.
 */
class CostTest {
    private static final String NAMES = IntStream.range(0, 1_000)
            .mapToObj(i -> "\"" + i + "\":0")
            .collect(Collectors.joining(","));
    private static final String LONG = "a".repeat(30_000);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list.exists(x, list.exists(y, x + y < 0))",
                "list.all(x, list.exists_one(y, y == x))",
                "list.exists(x, text.contains(part + \"b\"))",
                "list.exists(x, text == copy && x < 0)",
                "list.exists(x, text < copy)",
                "list.exists(x, list == other)",
                "list.exists(x, -1 in list)",
                "list.exists(x, size(text) < x)",
                "list.exists(x, text.endsWith(text + \"x\"))",
                "list.exists(x, part + part == \"\")",
                "list.exists(x, text.matches(\"^(a+)+b$\"))",
                "text.matches(\"(a?){60}(a{60})b\")",
                "list.exists(x, names.exists(n, n == \"\"))",
                "false || list.exists(x, list.exists(y, x + y < 0))"
            })
    void a_bomb_ends_by_the_count_of_its_steps(String bomb) {
        assertThat(Trial.outcome(bomb, bombed())).isEqualTo("error");
    }

    /** Others absorb an error; the end of the steps ends everything. */
    @Test
    void the_end_of_the_steps_is_not_absorbed() {
        String bomb = "list.exists(x, list.exists(y, x + y < 0))";
        Filter filter = Trial.filter(bomb + " || text.matches(\"a\") || " + bomb + " && true");
        assertThat(filter.matches(new Document(Trial.resource(bombed())))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text.matches(\"(a+)+$\")",
                "text.matches(\"a|b|c|d\") && text.contains(part)",
                "list.exists(x, x == 4999)",
                "list.all(x, x >= 0 && x < 9000)",
                "part.matches(\"^(a+)+$\")",
                "list.exists_one(x, x in [7, 30000])",
                "few.exists(x, few.exists(y, few[x] + y == 7))"
            })
    void what_grows_with_the_resource_alone_is_allowed(String expression) {
        assertThat(Trial.outcome(expression, bombed())).isEqualTo("true");
    }

    @Test
    void without_loops_and_patterns_nothing_costs_too_much() {
        for (String costly : new String[] {
            "text.contains(part)",
            "text == copy",
            "list == other",
            "!(-1 in list)",
            "size(text) > 0"
        }) {
            String many =
                    String.join(" && ", Collections.nCopies(24, "(" + costly + ") != missing"));
            assertThat(Trial.filter(many).matches(new Document(Trial.resource(bombed()))))
                    .as("%s", costly)
                    .isTrue();
        }
    }

    @Test
    void a_text_that_would_become_too_long_is_an_error() {
        String json = "{\"t\":\"" + "a".repeat(32_768) + "\"}";
        assertThat(Trial.outcome("size(t + t) == 65536", json)).isEqualTo("true");
        assertThat(Trial.outcome("size(t + t + \"a\") == 65537", json)).isEqualTo("error");
    }

    /** The parser goes on behind an error, and could be led into a maze. */
    @ParameterizedTest
    @ValueSource(
            strings = {"(", "[", "a(", "a.b(", "!", "?:", "\"", "&&", "1 2 ", "a?", "{", "\\", "😀"
            })
    void what_is_no_expression_is_refused_at_once(String piece) {
        String garbage = piece.repeat(2_000 / piece.length());
        assertThatThrownBy(() -> Trial.filter(garbage)).isInstanceOf(Problem.class);
    }

    private static String bombed() {
        var numbers = new StringBuilder("0");
        for (int i = 1; i < 5_000; i++) {
            numbers.append(',').append(i);
        }
        return "{\"list\":[" + numbers + ",7000],\"other\":[" + numbers
                + ",8000],\"few\":[0,1,2,3,4],\"names\":{" + NAMES + "},\"part\":\""
                + LONG.substring(0, 10_000)
                + "\",\"text\":\"" + LONG + "\",\"copy\":\"" + LONG + "\"}";
    }
}
