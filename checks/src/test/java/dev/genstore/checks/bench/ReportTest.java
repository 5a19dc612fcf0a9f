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
                .contains("These are tiny numbers")
                .contains("## Goals and what was seen");
        assertThat(Files.readString(folder.resolve("benchmarks.svg"))).startsWith("<svg ");
    }

    @Test
    void what_was_measured_in_parts_is_told_together(@TempDir Path folder) throws IOException {
        run(folder, "--scenarios=create");
        run(folder, "--scenarios=read");
        assertThat(Files.readString(folder.resolve("benchmarks.md")))
                .contains("### Creates: 64 at a time", "### Reads: 64 at a time")
                .contains("--scenarios=create", "--scenarios=read");
    }

    private static void run(Path folder, String scenarios) {
        Bench.run(List.of(
                Bench.folder().resolve("run").toString(),
                "--quick",
                "--keep",
                "--servers=limit",
                scenarios,
                "--results=" + folder.resolve("kept.json"),
                "--out=" + folder));
    }
}
