package dev.genstore.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.resource.ProblemType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The types of problems are documented, in the reference and by the server itself. */
class ProblemsTest {
    private static final String REFERENCE = "docs/reference/problems.md";

    @Test
    void the_reference_lists_every_type_with_its_status_and_meaning() throws IOException {
        assertThat(rows().stream().map(row -> row.subList(0, 3)))
                .containsExactlyElementsOf(Arrays.stream(ProblemType.values())
                        .map(type -> List.of(
                                "`" + type.slug() + "`",
                                Integer.toString(type.status()),
                                type.title()))
                        .toList());
    }

    @Test
    void the_reference_says_what_to_do() throws IOException {
        assertThat(rows())
                .allSatisfy(row -> assertThat(row.get(3)).as("%s", row).hasSizeGreaterThan(10));
    }

    @Test
    void the_server_answers_every_type_with_its_meaning(@TempDir Path folder) {
        try (TestServer server = TestServer.start(folder)) {
            for (ProblemType type : ProblemType.values()) {
                Answer answer = RawHttp.get(server.port(), type.uri());
                assertThat(answer.status()).as("%s", answer).isEqualTo(200);
                assertThat(answer.text())
                        .contains(type.title(), "" + type.status(), type.meaning());
            }
        }
    }

    private static List<List<String>> rows() throws IOException {
        return Files.readAllLines(root().resolve(REFERENCE)).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(2, line.length() - 2))
                .map(line -> List.of(line.split(" \\| ")))
                .toList();
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
