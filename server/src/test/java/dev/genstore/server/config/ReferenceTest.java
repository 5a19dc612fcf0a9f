package dev.genstore.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds the reference to the table. */
class ReferenceTest {
    private static final String REFERENCE = "docs/reference/configuration.md";

    @Test
    void the_reference_lists_the_settings_as_they_are() throws IOException {
        String expected = Stream.concat(
                        Stream.of(
                                "| option | variable | default | allowed | meaning |",
                                "| --- | --- | --- | --- | --- |"),
                        Arrays.stream(Setting.values()).map(ReferenceTest::row))
                .collect(Collectors.joining("\n"));
        assertThat(table())
                .as("the table of %s; it should be:%n%s", REFERENCE, expected)
                .isEqualTo(expected);
    }

    private static String row(Setting setting) {
        String byDefault =
                setting.defaultText().isEmpty() ? "none" : "`" + setting.defaultText() + "`";
        return String.join(
                " | ",
                "| `" + setting.option() + "`",
                "`" + setting.variable() + "`",
                byDefault,
                setting.allowed(),
                setting.meaning() + " |");
    }

    private static String table() throws IOException {
        List<String> lines = Files.readAllLines(root().resolve(REFERENCE));
        return lines.stream()
                .filter(line -> line.startsWith("|"))
                .collect(Collectors.joining("\n"));
    }

    /** The root of the project is where mvnw is, wherever the tests run. */
    private static Path root() {
        Path place = Path.of("").toAbsolutePath();
        while (!Files.exists(place.resolve("mvnw"))) {
            place = place.resolve("..").normalize();
        }
        return place;
    }
}
