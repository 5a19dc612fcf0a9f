package dev.genstore.checks.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.clients.JavaScript;
import dev.genstore.checks.clients.Npm;
import dev.genstore.console.Console;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * The console is what its sources say, small, and does in a browser what it should. It is built beside
 * a copy of the client, as it stands in the repository.
 */
class ConsoleTest {
    private static final int BYTES_MAX = 150_000;
    private static final Path CLIENT = Path.of("..", "client-js");
    private static final Path SOURCE = Path.of("..", "console", "web");
    private static final Path MADE = Path.of(
            "..", "console", "src", "main", "resources", "dev", "genstore", "console", "web");
    private static final JavaScript CONSOLE = new JavaScript(Path.of("target", "console", "web"));

    @BeforeAll
    static void install() {
        Npm.install(CLIENT, Path.of("target", "client-js"));
        Npm.install(SOURCE, CONSOLE.folder());
    }

    @Test
    void its_files_are_those_that_its_build_makes_of_its_sources() throws Exception {
        Path out = Path.of("target", "console", "made").toAbsolutePath();
        CONSOLE.requireSuccess("types", Map.of(), "node_modules/typescript/bin/tsc", "--noEmit");
        CONSOLE.requireSuccess(
                "build",
                Map.of("CONSOLE_OUT", out.toString()),
                "node_modules/vite/bin/vite.js",
                "build");
        assertThat(files(out)).isEqualTo(files(MADE)).isEqualTo(Console.names());
        for (String name : files(MADE)) {
            assertThat(MADE.resolve(name))
                    .as("'npm run build' in console/web makes it anew")
                    .hasSameBinaryContentAs(out.resolve(name));
        }
    }

    @Test
    void all_of_it_is_small() throws IOException {
        int bytes = 0;
        for (String name : Console.names()) {
            bytes += packed(Files.readAllBytes(MADE.resolve(name)));
        }
        assertThat(bytes).isBetween(1, BYTES_MAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"todo", "board"})
    void a_demo_is_a_page_of_less_than_150_lines(String name) throws IOException {
        Path demos = SOURCE.resolve("public/demos");
        long lines = Files.readString(demos.resolve("demo.css")).lines().count();
        for (String file : files(demos.resolve(name))) {
            lines += Files.readString(demos.resolve(name).resolve(file)).lines().count();
        }
        assertThat(lines).isBetween(50L, 149L);
    }

    static List<String> tests() throws IOException {
        return JavaScript.tests(SOURCE);
    }

    @ParameterizedTest
    @MethodSource("tests")
    void its_own_tests_pass(String file) throws Exception {
        Path screenshots = Path.of("target", "screenshots").toAbsolutePath();
        CONSOLE.requireSuccess(
                file,
                Map.of("CONSOLE_SCREENSHOTS", screenshots.toString()),
                "--test",
                "test/" + file);
    }

    private static Set<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toSet());
        }
    }

    private static int packed(byte[] plain) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.size();
    }
}
