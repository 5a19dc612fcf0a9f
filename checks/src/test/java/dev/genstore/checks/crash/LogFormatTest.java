package dev.genstore.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a server logs can be read by programs, if it is asked to. */
class LogFormatTest {
    private static final Path GUIDE = Path.of("../docs/guides/monitoring.md");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final JsonMapper MAPPER = JsonMapper.shared();

    @TempDir
    private Path folder;

    @Test
    void each_message_is_an_object_of_json_on_a_line_as_the_guide_shows() throws IOException {
        List<String> lines = warned("--log-format", "json");
        assertThat(lines).allSatisfy(line -> {
            JsonNode message = MAPPER.readTree(line);
            assertThat(names(message)).isEqualTo(names(MAPPER.readTree(shown())));
            assertThat(message.get("timestamp").isNumber()).isTrue();
        });
        assertThat(lines)
                .anySatisfy(line -> assertThat(
                                MAPPER.readTree(line).get("formattedMessage").stringValue())
                        .startsWith("Insecure: everybody"));
    }

    @Test
    void else_it_is_a_line_for_people() {
        assertThat(warned()).allSatisfy(line -> assertThat(line).matches("20\\S+Z WARN  \\w+ .*"));
    }

    /** What a server logs that warns of its open door. */
    private List<String> warned(String... options) {
        var all = new ArrayList<>(List.of("--host", "0.0.0.0", "--insecure"));
        all.addAll(List.of(options));
        try (ServerProcess server =
                Launch.serve(folder, all.toArray(String[]::new)).start()) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(server.errors()).contains("read and write"));
            return server.errors().lines().toList();
        }
    }

    private static String shown() throws IOException {
        return Files.readString(GUIDE)
                .lines()
                .filter(line -> line.startsWith("{\"timestamp\""))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(JsonNode object) {
        return List.copyOf(object.propertyNames());
    }
}
