package dev.genstore.checks.clients;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The JavaScript client is built, and passes its own tests: against a model, against real servers of
 * this class path through a bad network, and in a browser where there is one.
 */
class JavaScriptClientTest {
    private static final Path SOURCE = Path.of("..", "client-js");
    private static final Path FOLDER = Path.of("target", "client-js");
    private static final int PATIENCE_MINUTES = 4;

    @BeforeAll
    static void build() throws Exception {
        Npm.install(SOURCE, FOLDER);
        requireSuccess("build", "build.mjs");
    }

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(SOURCE.resolve("test"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".test.mjs"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void its_own_tests_pass(String file) throws Exception {
        requireSuccess(file, "--test", "test/" + file);
    }

    /** Runs Node.js; what it says goes into a file, and into the failure if there is one. */
    private static void requireSuccess(String name, String... words) throws Exception {
        File said = FOLDER.resolve(name + ".txt").toFile();
        var command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said);
        describe(builder);
        Process node = Npm.start(builder);
        boolean isOver = node.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        if (!isOver) {
            node.descendants().forEach(ProcessHandle::destroyForcibly);
            node.destroyForcibly().waitFor();
        }
        assertThat(isOver && node.exitValue() == 0)
                .as("%s: %s", name, Files.readString(said.toPath(), StandardCharsets.UTF_8))
                .isTrue();
    }

    /** Tells the tests with what servers are started, and where the guide and the browser are. */
    private static void describe(ProcessBuilder builder) {
        var environment = builder.environment();
        environment.put(
                "GENSTORE_JAVA",
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        environment.put("GENSTORE_CLASSPATH", System.getProperty("java.class.path"));
        environment.put("GENSTORE_ROOT", Path.of("..").toAbsolutePath().toString());
        Chromium.find().ifPresent(path -> environment.put("CHROMIUM", path.toString()));
        String seed = System.getProperty("genstore.seed");
        if (seed != null) {
            environment.put("GENSTORE_SEED", seed);
        }
    }
}
