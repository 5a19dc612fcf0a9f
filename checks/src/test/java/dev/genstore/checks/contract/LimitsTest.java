package dev.genstore.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Holds the table of limits to the code and to the tests: {@code limits.txt} says of each row which
 * constants its figures are, and how which tests go beyond them.
 */
class LimitsTest {
    private static final Pattern ROW = Pattern.compile("\\| (.+?) \\| (.+) \\| (.+) \\|");
    private static final Pattern PROOF = Pattern.compile("(.+?)(?: \\((?:with|by) (.+)\\))?");

    private static final Map<String, KnownTests.Written> TESTS = new HashMap<>();

    /** What happens where it ends stands behind what it is by default. */
    private record Says(String byDefault, String overIt) {}

    @BeforeAll
    static void find_the_tests() throws IOException {
        TESTS.putAll(KnownTests.words());
    }

    @Test
    void every_row_is_held_to_the_code() throws IOException {
        assertThat(table().keySet())
                .containsExactlyElementsOf(lines().map(line -> line[0]).toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void all_figures_are_those_of_the_code(String limit, String constants, String tests)
            throws IOException {
        Says says = Objects.requireNonNull(table().get(limit), limit);
        List<String> figures = Figures.in(says.byDefault());
        List<String> named = parts(constants);
        assertThat(figures).as("the figures of '%s'", says.byDefault()).isNotEmpty();
        assertThat(named)
                .as("the constants of %s", figures)
                .hasSizeGreaterThanOrEqualTo(figures.size());
        for (int i = 0; i < named.size(); i++) {
            List<String> told =
                    i < figures.size() ? figures.subList(i, i + 1) : Figures.in(says.overIt());
            assertThat(Figures.of(named.get(i)))
                    .as("%s, of which '%s' must have one", named.get(i), told)
                    .containsAnyElementsOf(told);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void a_test_goes_beyond_it(String limit, String constants, String tests) {
        assertThat(parts(tests)).isNotEmpty().allSatisfy(test -> requireProof(test, constants));
    }

    /** The test itself names what it goes beyond, or has the words by which it is said to. */
    private static void requireProof(String proof, String constants) {
        Matcher parts = PROOF.matcher(proof);
        assertThat(parts.matches()).as(proof).isTrue();
        KnownTests.Written written = written(parts.group(1));
        if (parts.group(2) == null) {
            assertThat(parts(constants))
                    .as("one of them in %s", proof)
                    .anyMatch(name -> Figures.code(name).matcher(written.own()).find());
        } else {
            assertThat(written.all()).as(proof).contains(parts.group(2));
        }
    }

    /** Of {@code SomeTest.some_promise}, or {@code lists.txt: a scenario}. */
    private static KnownTests.Written written(String test) {
        int colon = test.indexOf(": ");
        if (colon < 0) {
            return Objects.requireNonNull(TESTS.get(test), test);
        }
        String file = ScenarioFile.text(test.substring(0, colon));
        String title = "= " + test.substring(colon + 2) + "\n";
        int start = file.indexOf(title);
        assertThat(start).as(test).isNotNegative();
        int end = file.indexOf("\n= ", start);
        String scenario = end < 0 ? file.substring(start) : file.substring(start, end);
        return new KnownTests.Written(scenario, scenario);
    }

    private static List<String> parts(String text) {
        return List.of(text.split("; "));
    }

    static Stream<Arguments> rows() {
        return lines().map(line -> Arguments.of((Object[]) line));
    }

    /** Of each row: what is limited, the constants, the tests. */
    private static Stream<String[]> lines() {
        return ScenarioFile.lines("limits.txt").stream().map(line -> line.split(" => "));
    }

    /** The rest of each row of the page, by what is limited. */
    private static Map<String, Says> table() throws IOException {
        var table = new LinkedHashMap<String, Says>();
        for (String line :
                Files.readAllLines(KnownTests.root().resolve("docs/reference/limits.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches() && !row.group(1).equals("limit")) {
                table.put(row.group(1), new Says(row.group(2), row.group(3)));
            }
        }
        return table;
    }
}
