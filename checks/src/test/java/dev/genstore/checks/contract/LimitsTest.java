package dev.genstore.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Holds the table of limits to the code and to the tests: {@code limits.txt} says of each row which
 * constants its figures are, and which tests go beyond them.
 */
class LimitsTest {
    private static final Pattern ROW = Pattern.compile("\\| (.+?) \\| (.+) \\|");

    private static final Set<String> TESTS = new HashSet<>();

    @BeforeAll
    static void find_the_tests() throws IOException {
        TESTS.addAll(KnownTests.all());
    }

    @Test
    void every_row_is_held_to_the_code() throws IOException {
        assertThat(table().keySet())
                .containsExactlyElementsOf(lines().map(line -> line[0]).toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void a_figure_is_the_one_of_the_code(String limit, String constants, String tests)
            throws IOException {
        String says = table().getOrDefault(limit, "");
        for (String constant : parts(constants)) {
            assertThat(Figures.of(constant))
                    .as("%s, of which '%s' must have one", constant, says)
                    .anyMatch(figure -> Figures.has(says, figure));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void a_test_goes_beyond_it(String limit, String constants, String tests) {
        assertThat(parts(tests)).isNotEmpty().allSatisfy(LimitsTest::requireTest);
    }

    /** {@code SomeTest.some_promise}, or {@code lists.txt: a scenario}. */
    private static void requireTest(String test) {
        int colon = test.indexOf(": ");
        if (colon < 0) {
            assertThat(TESTS.contains(test)).as(test).isTrue();
        } else {
            assertThat(ScenarioFile.read(test.substring(0, colon)))
                    .extracting(Scenario::name)
                    .contains(test.substring(colon + 2));
        }
    }

    private static List<String> parts(String text) {
        return Stream.of(text.split("; ")).filter(part -> !part.equals("-")).toList();
    }

    static Stream<Arguments> rows() {
        return lines().map(line -> Arguments.of((Object[]) line));
    }

    /** Of each row: what is limited, the constants, the tests. */
    private static Stream<String[]> lines() {
        return ScenarioFile.lines("limits.txt").stream().map(line -> line.split(" => "));
    }

    /** The rest of each row of the page, by what is limited. */
    private static Map<String, String> table() throws IOException {
        var table = new LinkedHashMap<String, String>();
        for (String line :
                Files.readAllLines(KnownTests.root().resolve("docs/reference/limits.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches() && !row.group(1).equals("limit")) {
                table.put(row.group(1), row.group(2));
            }
        }
        return table;
    }
}
