package dev.genstore.checks.contract;

import dev.genstore.auth.ApiKeys;
import dev.genstore.checks.harness.Field;
import dev.genstore.router.Principal;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The contract where one has to say who one is: what is answered to those who do not, and that who does,
 * and administers, finds everything as it is elsewhere. All of it is in the OpenAPI document.
 */
class LockedContractTest {
    private static Stage stage;

    @BeforeAll
    static void open(@TempDir Path folder) {
        String key = ApiKeys.in(folder)
                .create("stage", Set.of(Principal.ADMIN), null)
                .text();
        stage = new Stage(folder, List.of(new Field("Authorization", "Bearer " + key)));
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
        return Stream.concat(
                ContractTest.rowsOf(Stream.of("credentials", "keys")), ContractTest.rowsForAll());
    }
}
