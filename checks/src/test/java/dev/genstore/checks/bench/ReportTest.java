package dev.genstore.checks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A run ends with a table, a chart, and nothing left behind. */
class ReportTest {
    @Test
    void a_run_is_told_as_a_table_and_a_chart(@TempDir Path folder) throws IOException {
        Bench.run(List.of(
                Bench.folder().resolve("run").toString(),
                "--quick",
                "--servers=limit",
                "--scenarios=saturated,idle,stalled,create,read",
                "--out=" + folder));
        assertThat(Files.readString(folder.resolve("benchmarks.md")))
                .contains("| C, epoll, coalescing: the limit | **1.00** (1.00–1.00) |")
                .contains("| C, epoll, a send() for each message | **")
                .contains("### Idle: 10,000 clients", "--quick --servers=limit")
                .contains("These are tiny numbers");
        assertThat(Files.readString(folder.resolve("benchmarks.svg"))).startsWith("<svg ");
    }
}
