package dev.genstore.checks.clients;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The JavaScript client is built, and passes its own tests: against a model, against real servers of
 * this class path through a bad network, and in a browser where there is one.
 */
class JavaScriptClientTest {
    private static final Path SOURCE = Path.of("..", "client-js");
    private static final JavaScript CLIENT = new JavaScript(Path.of("target", "client-js"));

    @BeforeAll
    static void build() throws Exception {
        Npm.install(SOURCE, CLIENT.folder());
        CLIENT.requireSuccess("build", Map.of(), "build.mjs");
    }

    static List<String> files() throws IOException {
        return JavaScript.tests(SOURCE);
    }

    @ParameterizedTest
    @MethodSource("files")
    void its_own_tests_pass(String file) throws Exception {
        CLIENT.requireSuccess(file, Map.of(), "--test", "test/" + file);
    }
}
