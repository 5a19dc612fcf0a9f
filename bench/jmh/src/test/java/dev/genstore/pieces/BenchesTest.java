package dev.genstore.pieces;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

import java.util.Collection;

/** Says nothing about figures: only that no bench has come to break since somebody last looked. */
class BenchesTest {
    @Test
    void every_bench_runs() throws RunnerException {
        Options once = new OptionsBuilder()
                .forks(0)
                .mode(Mode.SingleShotTime)
                .warmupIterations(1)
                .measurementIterations(1)
                .param("watches", "100")
                .param("watchers", "1000")
                .param("writes", "1", "64")
                .param("resources", "2000")
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        Collection<RunResult> results = new Runner(once).run();
        assertThat(results)
                .extracting(result -> result.getPrimaryResult().getLabel())
                .contains(
                        "append",
                        "body",
                        "commit",
                        "counted",
                        "frame",
                        "tick",
                        "single",
                        "filter",
                        "onTheOwnMachine",
                        "window",
                        "page");
        assertThat(results).hasSize(14);
    }
}
