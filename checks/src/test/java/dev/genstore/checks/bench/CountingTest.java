package dev.genstore.checks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** The load generator counts what a server does, also what it does wrong. */
class CountingTest {
    /** A fault in every 97th of 20 × 97 deliveries, wherever one begins to count. */
    private static final int FAULTS = 20;

    private static final String CLIENTS = "--clients=20";
    private static final String CHANGES = "--changes=97";
    private static final long DELIVERIES = 20 * 97;

    /** One connection writes, so that there is no doubt about the right order. */
    private static final String PACE = "--rate=1000";

    private static final String IMPATIENT = "--patience=1";

    @ParameterizedTest
    @ValueSource(strings = {"--in-flight=1", "--in-flight=16", PACE})
    void nothing_is_wrong_with_a_server_that_does_nothing_wrong(String how) {
        try (Limit limit = Limit.start()) {
            requireSound(Load.run(limit, CLIENTS, CHANGES, how));
        }
        try (Limit limit = Limit.start("--each")) {
            requireSound(Load.run(limit, CLIENTS, CHANGES, how));
        }
    }

    @Test
    void what_is_lost_is_counted() {
        try (Limit limit = Limit.start("--each", "--drop=97")) {
            Load load = Load.run(limit, CLIENTS, CHANGES, PACE, IMPATIENT);
            assertThat(load.lost()).isEqualTo(FAULTS);
            assertThat(load.delivered()).isEqualTo(DELIVERIES - FAULTS);
            assertThat(load.doubled()).isZero();
            assertThat(load.outOfOrder()).isZero();
        }
    }

    @Test
    void what_comes_twice_is_counted() {
        try (Limit limit = Limit.start("--each", "--double=97")) {
            Load load = Load.run(limit, CLIENTS, CHANGES, PACE);
            assertThat(load.doubled()).isEqualTo(FAULTS);
            assertThat(load.delivered()).isEqualTo(DELIVERIES);
            assertThat(load.lost()).isZero();
            assertThat(load.outOfOrder()).isZero();
        }
    }

    @Test
    void what_comes_behind_a_later_one_is_counted() {
        try (Limit limit = Limit.start("--each", "--swap=97")) {
            Load load = Load.run(limit, CLIENTS, CHANGES, "--in-flight=16");
            assertThat(load.outOfOrder()).isPositive();
            assertThat(load.delivered()).isEqualTo(DELIVERIES);
            assertThat(load.lost()).isZero();
            assertThat(load.doubled()).isZero();
        }
    }

    @Test
    void clients_that_never_read_are_expected_to_get_nothing() {
        try (Limit limit = Limit.start()) {
            Load load = Load.run(limit, CLIENTS, CHANGES, PACE, "--stalled=2");
            assertThat(load.delivered()).isEqualTo(18 * 97);
            assertThat(load.lost()).isZero();
        }
    }

    /** The limit has no bound of its own for what it leaves to the kernel. */
    @Test
    void what_the_kernel_keeps_for_those_who_never_read_is_seen() {
        String[] much = {"--clients=20", "--changes=5000", "--size=1024", "--in-flight=16"};
        try (Limit limit = Limit.start()) {
            Load load = Load.run(limit, with(much, "--sample=1", "--stalled=2"));
            assertThat(load.number("socket_max_bytes"))
                    .isGreaterThan(1 << 20)
                    .isGreaterThanOrEqualTo(load.number("socket_mean_bytes"));
            assertThat(load.number("socket_mean_bytes")).isGreaterThan(1 << 20);
        }
        try (Limit limit = Limit.start()) {
            Load load = Load.run(limit, with(much, "--sample=1"));
            assertThat(load.number("socket_max_bytes")).isZero();
            assertThat(load.number("rss_peak_kib")).isPositive();
        }
    }

    private static String[] with(String[] options, String... more) {
        return Stream.concat(Arrays.stream(options), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void writes_and_reads_are_counted_by_their_answers() {
        String answered = "--until=answered";
        try (Limit limit = Limit.start()) {
            Load writes = Load.run(limit, "--clients=1", "--changes=500", answered);
            assertThat(writes.number("changes")).isEqualTo(500);
            assertThat(writes.delivered()).isEqualTo(500);
            Load reads = Load.run(limit, "--changes=500", answered, "--read=/item");
            assertThat(reads.number("changes")).isEqualTo(500);
            assertThat(reads.number("refused")).isZero();
            assertThat(reads.number("server_cpu_us")).isPositive();
        }
    }

    @Test
    void genstore_tells_every_client_everything_once_in_one_order(@TempDir Path folder) {
        try (TestServer server = TestServer.start(folder)) {
            Load load = Load.run(
                    ProcessHandle.current().pid(),
                    server.port(),
                    "--watch=/api/changes",
                    "--write=/api/changes",
                    CLIENTS,
                    CHANGES,
                    "--in-flight=16");
            requireSound(load);
        }
    }

    private static void requireSound(Load load) {
        assertThat(load.delivered()).isEqualTo(DELIVERIES);
        assertThat(load.lost()).isZero();
        assertThat(load.doubled()).isZero();
        assertThat(load.outOfOrder()).isZero();
        assertThat(load.number("closed")).isZero();
        assertThat(load.number("refused")).isZero();
    }
}
