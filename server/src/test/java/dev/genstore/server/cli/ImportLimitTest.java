package dev.genstore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.auth.ApiKeys;
import dev.genstore.server.cli.CliRig.Said;
import dev.genstore.server.metrics.Metrics;
import dev.genstore.wire.WireSettings;
import dev.genstore.wire.rates.ClientLimits;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An import by somebody who may write only so much in a second. */
class ImportLimitTest {
    /** A KiB is a write: what is saved for ten seconds is enough for five of the batches below. */
    private static final ClientLimits LIMITS = new ClientLimits(1_000, 10_000, 1_000, 200, false);

    private static final int ROWS = 240;
    private static final int BATCH = 40;

    @TempDir
    Path folder = Path.of("");

    @Test
    void it_waits_as_long_as_the_server_wants_and_is_whole() throws IOException {
        String text = "x".repeat(10_200);
        Files.writeString(
                folder.resolve("rows.ndjson"),
                IntStream.range(0, ROWS)
                        .mapToObj(i -> "{\"n\":" + i + ",\"text\":\"" + text + "\"}\n")
                        .collect(Collectors.joining()));
        String key = ApiKeys.in(folder.resolve("data"))
                .create("import", Set.of("admin"), null)
                .text();
        var metrics = new Metrics();
        WireSettings wire = WireSettings.of("127.0.0.1", 0).withClients(LIMITS);
        try (CliRig rig =
                CliRig.start(folder, builder -> builder.wire(wire).meters(metrics, metrics))) {
            Map<String, String> variables =
                    Map.of("GENSTORE_SERVER", rig.url(), "GENSTORE_TOKEN", key);
            assertThat(run(variables, "import", "notes", "rows.ndjson", "--batch", "" + BATCH)
                            .err())
                    .startsWith("Imported: " + ROWS + " rows in ");
            assertThat(metrics.text())
                    .containsPattern("genstore_refused_total\\{cause=\"writes\"} [1-9]");
            assertThat(run(variables, "export", "notes", "--fields", "n")
                            .out()
                            .lines()
                            .map(row -> row.replaceFirst(".*\"n\":(\\d+)}", "$1")))
                    .hasSize(ROWS)
                    .doesNotHaveDuplicates();
        }
    }

    private Said run(Map<String, String> variables, String... arguments) {
        Said said = CliRig.run(folder, "", variables, arguments);
        said.well();
        return said;
    }
}
