package dev.genstore.checks.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.testkit.Table;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What npm brings, to build and test the client for JavaScript: in exact versions, each with its checksum,
 * and none with a hole that is known. The client itself needs nothing.
 */
class NpmTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final List<Table.Row> BAD = Table.rows(NpmTest.class, "known-bad-npm.txt");
    private static final String EXACT = "[0-9]+\\.[0-9]+\\.[0-9]+";

    private record Brought(String name, String version, String checksum) {}

    private static JsonNode json(String file) {
        return MAPPER.readTree(KnownBad.root().resolve(file).toFile());
    }

    private static List<Brought> packages(String folder) {
        return json(folder + "/package-lock.json")
                .path("packages")
                .propertyStream()
                .filter(each -> !each.getKey().isEmpty())
                .map(each -> new Brought(
                        each.getKey().replaceFirst(".*node_modules/", ""),
                        each.getValue().path("version").asString(),
                        each.getValue().path("integrity").asString()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client-js", "checks/src/test/js"})
    void versions_are_exact_and_have_checksums(String folder) {
        JsonNode wanted = json(folder + "/package.json");
        assertThat(Stream.of("dependencies", "devDependencies")
                        .flatMap(kind -> wanted.path(kind).valueStream())
                        .map(JsonNode::asString))
                .isNotEmpty()
                .allMatch(version -> version.matches(EXACT));
        assertThat(packages(folder)).isNotEmpty().allSatisfy(each -> {
            assertThat(each.version).as(each.name).matches(EXACT + "(-[0-9A-Za-z.-]+)?");
            assertThat(each.checksum).as(each.name).startsWith("sha512-");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"client-js", "checks/src/test/js"})
    void no_version_has_a_hole_that_is_known(String folder) {
        assertThat(packages(folder))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(BAD)
                        .as("%s", each)
                        .noneMatch(row -> isBad(row, each.name, each.version)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"esbuild", "ws", "svelte", "playwright-core"})
    void what_is_used_most_is_in_the_list_by_its_name(String name) {
        assertThat(BAD).extracting(Table.Row::name).contains(name);
        assertThat(packages("client-js")).extracting(Brought::name).contains(name);
    }

    @ParameterizedTest
    @CsvSource({
        "ws, 8.17.0, true",
        "ws, 8.17.1, false",
        "ws, 7.99.99, true",
        "chalk, 5.6.0, false",
        "chalk, 5.6.1, true",
        "chalk, 5.6.10, false"
    })
    void a_hole_is_found_by_its_versions(String name, String version, boolean isBad) {
        assertThat(BAD.stream().anyMatch(row -> isBad(row, name, version))).isEqualTo(isBad);
    }

    /** A row says {@code < 1.2.3}, or {@code 1.2.3} for that version alone. */
    private static boolean isBad(Table.Row row, String name, String version) {
        boolean isAlone = !row.input().startsWith("< ");
        return row.name().equals(name)
                && (isAlone
                        ? version.equals(row.input())
                        : compare(version, row.input().substring(2)) < 0);
    }

    private static int compare(String version, String other) {
        int[] one = numbers(version);
        int[] two = numbers(other);
        return IntStream.range(0, 3)
                .map(i -> Integer.compare(one[i], two[i]))
                .filter(order -> order != 0)
                .findFirst()
                .orElse(0);
    }

    private static int[] numbers(String version) {
        return Stream.of(version.replaceFirst("-.*", "").split("\\."))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
