package dev.genstore.checks.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the report makes of results that were kept: its arithmetic, and which it puts together. */
class GoalsTest {
    private static final String OWN_WRITES = "| delivery, each its own write, 1,000 clients, ";

    @TempDir
    private Path folder;

    private KeptResults kept = new KeptResults();

    @BeforeEach
    void genstore_is_as_good_as_the_limit() {
        kept = new KeptResults();
        for (String scenario : List.of("own-1000", "own-10000", "saturated")) {
            kept.round(scenario, "genstore-io_uring", 1_000, "");
        }
    }

    @Test
    void what_was_reached_is_told_beside_both_limits() throws IOException {
        kept.round("own-1000", "genstore-io_uring", 900, "");
        kept.round("own-1000", "limit-alike", 1_200, "");
        kept.round("own-1000", "bun", 1_800, "").round("own-1000", "go", 3_600, "");
        assertThat(report())
                .contains(
                        OWN_WRITES + "io_uring: CPU, × the limit | 0.95 | 0.90 | 0.75 | reached |")
                .contains("× the cheapest of Bun, nchan and Go | 1.00 | 0.50 | – | reached |")
                .contains(OWN_WRITES + "send: CPU, × the limit | 1.15 | – | – | not measured |");
    }

    @Test
    void what_was_missed_is_told_with_by_how_much() throws IOException {
        kept.round("own-1000", "genstore-send", 1_380, "");
        kept.round("own-1000", "genstore-socket", 6_500, "");
        kept.round("stalled", "genstore", 1_000, ", \"lost\": 35");
        assertThat(report())
                .contains(OWN_WRITES
                        + "send: CPU, × the limit | 1.15 | 1.38 | – | **missed by 20 %** |")
                .contains(OWN_WRITES
                        + "socket: CPU, × the limit | 1.30 | 6.50 | – | **missed: 5.0 × that** |")
                .contains("lost for the others | 0.00 | 35.0 | – | **missed by 35.0** |");
    }

    @Test
    void heap_is_told_for_each_delivery_and_without_what_belongs_to_the_change()
            throws IOException {
        kept.heap("own-1000", "genstore-io_uring", 1_000, 6_000);
        kept.heap("own-10000", "genstore-io_uring", 10_000, 1_806_000);
        assertThat(report())
                .contains("| own-1000 | genstore-io_uring | **6.00** | 60 | hub 60 | 1,000 |")
                .contains("heap per delivery | 4.00 B | 6.00 B | – | **missed by 50 %** |")
                .contains("The delivery alone: genstore-io_uring 2.00 B.")
                .contains("what belongs to the change | 4.00 B | 2.00 B | – | reached |");
    }

    @Test
    void what_stalled_clients_cost_is_told_beside_a_run_without_them() throws IOException {
        kept.round("calm", "genstore", 1_000, ", \"told_p99_us\": 2000, \"rss_peak_kib\": 6144");
        kept.round(
                "stalled",
                "genstore",
                1_000,
                ", \"told_p99_us\": 3000, \"rss_peak_kib\": 21504, \"socket_max_bytes\": 786432");
        assertThat(report())
                .contains(
                        "p99 of the others, × without them | 1.20 | 1.50 | – | **missed by 25 %** |")
                .contains("memory grew by | 16.0 MiB | 20.0 MiB | – | **missed by 25 %** |")
                .contains("more than without them | 16.0 MiB | 15.0 MiB | – | reached |")
                .contains("the worst of them | 512 KiB | 768 KiB | – | **missed by 50 %** |")
                .contains("| 20.0 MiB | 768 KiB | 50 KiB |");
    }

    @Test
    void requests_and_starts_are_told_too() throws IOException {
        kept.round("create", "limit", 10_000, "").round("create", "genstore", 50_000, "");
        Files.writeString(
                folder.resolve("start.json"),
                "{\"genstore\": \"v2\", \"ms CPU\": {\"with the AOT cache\": 450}}");
        Files.writeString(folder.resolve("benchmarks-notes.md"), "It is *like that*.\n");
        assertThat(report())
                .contains("one watcher: CPU | 60.0 µs | 50.0 µs | – | reached |")
                .contains("a canned answer of the limit | 20.0 µs | 17.0 µs | – | reached |")
                .contains("with the AOT cache: CPU | 0.60 s | 0.45 s | – | reached |")
                .contains("### Why\n\nIt is *like that*.\n");
    }

    @Test
    void what_compressing_costs_comes_from_the_pieces() throws IOException {
        Files.writeString(folder.resolve("pieces.json"), """
                {"genstore": "v2", "results": [{
                  "benchmark": "dev.genstore.wire.websocket.DeflateBench.frame",
                  "primaryMetric": {"score": 4000},
                  "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 700}}}]}""");
        assertThat(report()).contains("CPU per event | 5.00 µs | 4.00 µs | – | reached |");
    }

    @Test
    void what_lists_and_filters_cost_comes_from_the_pieces_too() throws IOException {
        Files.writeString(
                folder.resolve("pieces.json"),
                "{\"genstore\": \"v2\", \"results\": ["
                        + piece("action.ListBench.page", "resources", 1_000_000, 600_000) + ","
                        + piece("hub.MatchBench.filter", "watches", 100, 2_000) + ","
                        + piece("hub.MatchBench.filter", "watches", 100_000, 6_000) + "]}");
        assertThat(report())
                .contains("by an index | 5.00 ms | 0.60 ms | – | reached |")
                .contains("× among 100 | 2.00 | 3.00 | – | **missed by 50 %** |")
                .contains("| match a filter, 100,000 watches | 6,000 | ");
    }

    private static String piece(String name, String parameter, int value, int nanos) {
        return """
                {"benchmark": "dev.genstore.%s", "params": {"%s": "%d"},
                  "primaryMetric": {"score": %d},
                  "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 700}}}""".formatted(name, parameter, value, nanos);
    }

    @Test
    void the_pieces_are_told_for_one_operation_each() throws IOException {
        Files.writeString(folder.resolve("pieces.json"), """
                {"genstore": "v2", "results": [{"benchmark": "dev.genstore.hub.TickBench.tick",
                  "params": {"watchers": "1000"}, "primaryMetric": {"score": 50000},
                  "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 120}}}]}""");
        assertThat(report()).contains("| tick, 1,000 watchers | 50.0 | 0.12 | a walk over");
        kept.with("v1", "own-1000");
        Files.writeString(folder.resolve("pieces.json"), "{\"genstore\": \"v1\", \"results\": []}");
        assertThat(partOfReport()).doesNotContain("### The pieces");
    }

    @Test
    void a_measurement_that_lacks_a_part_is_no_whole_one() throws IOException {
        assertThat(report()).contains("### Idle: 10,000 clients");
        kept.without("idle").write(results());
        assertThatThrownBy(this::compose)
                .hasMessageContaining("idle is missing: not measured")
                .hasMessageContaining("docs/ was left as it is");
        assertThat(told()).doesNotContain("### Idle").contains("### Reads");
    }

    @Test
    void what_another_version_did_is_not_mixed_in() throws IOException {
        kept.with("v1", "idle").write(results());
        assertThatThrownBy(this::compose)
                .hasMessageContaining("idle is missing: measured with other versions");
        assertThat(told()).doesNotContain("### Idle");
    }

    private String report() throws IOException {
        kept.write(results());
        compose();
        return told();
    }

    private String partOfReport() throws IOException {
        kept.write(results());
        assertThatThrownBy(this::compose).hasMessageContaining("is missing");
        return told();
    }

    private void compose() {
        Bench.run(List.of(
                Bench.folder().resolve("run").toString(),
                "--report",
                "--results=" + results(),
                "--out=" + folder));
    }

    private Path results() {
        return folder.resolve("results.json");
    }

    private String told() throws IOException {
        return Files.readString(folder.resolve("benchmarks.md"));
    }
}
