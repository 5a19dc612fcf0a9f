package dev.genstore.checks.contract;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.stream.Stream;

/** The contract of resources, row by row; the tables are beside this class. */
class ContractTest {
    private static Stage stage;

    @BeforeAll
    static void open(@TempDir Path folder) {
        stage = new Stage(folder);
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rows")
    void the_answer_and_the_events_are_as_the_table_says(String table, Scenario scenario) {
        stage.play(scenario);
    }

    static Stream<Arguments> rows() {
        return Stream.concat(rowsOf(Stream.of("open")), rowsForAll());
    }

    /** Those that hold whether one has to say who one is or not. */
    static Stream<Arguments> rowsForAll() {
        return rowsOf(Stream.of(
                "creating",
                "reading",
                "replacing",
                "patching",
                "deleting",
                "conditions",
                "lists",
                "past",
                "windows",
                "arriving",
                "querying",
                "json",
                "names",
                "refusals",
                "batches",
                "repeating",
                "preferring",
                "collections",
                "schemas",
                "trying"));
    }

    /** All scenarios of these tables. */
    static Stream<Arguments> rowsOf(Stream<String> tables) {
        return tables.flatMap(table -> ScenarioFile.read(table + ".txt").stream()
                .map(scenario -> Arguments.of(table, scenario)));
    }
}
