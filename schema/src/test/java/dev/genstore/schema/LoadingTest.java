package dev.genstore.schema;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.resource.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A server without schemas pays nothing for them. */
class LoadingTest {
    private static final String LIBRARY = "com.networknt.schema.";

    /** A program that has a reader, and one that uses it. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            var reader = new JsonSchemaReader();
            if (arguments.length > 0) {
                reader.read(Json.trusted(arguments[0].getBytes(UTF_8)).tree());
            }
        }
    }

    @Test
    @Timeout(60)
    void the_library_is_not_loaded_before_the_first_schema() throws IOException {
        assertThat(loaded()).contains(JsonSchemaReader.class.getName()).doesNotContain(LIBRARY);
        assertThat(loaded("{}")).contains(LIBRARY);
    }

    private static String loaded(String... arguments) throws IOException {
        var command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName());
        command.command().addAll(List.of(arguments));
        Process program = command.redirectErrorStream(true).start();
        return new String(program.getInputStream().readAllBytes(), UTF_8);
    }
}
