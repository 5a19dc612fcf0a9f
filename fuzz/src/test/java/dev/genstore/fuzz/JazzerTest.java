package dev.genstore.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Every target is fuzzed by Jazzer, one after another; only in {@code -Pdeep}. What is counted is the
 * time of the processor, so that a busy machine fuzzes longer and not less.
 */
class JazzerTest {
    private static final Duration CPU =
            Duration.ofSeconds(Long.getLong("genstore.fuzz.seconds", 600));
    private static final Path FOLDER =
            Path.of(System.getProperty("genstore.fuzz.folder", "target/fuzz"));
    private static final String TARGETS = System.getProperty("genstore.fuzz.targets", "");

    static Stream<Target> targets() {
        return TARGETS.isBlank()
                ? Arrays.stream(Target.values())
                : Arrays.stream(TARGETS.split(",")).map(String::strip).map(Target::valueOf);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void jazzer_finds_nothing(Target target) throws IOException, InterruptedException {
        FuzzFolder folder = FuzzFolder.of(FOLDER, target);
        var run = new JazzerRun(target, folder, CPU);
        run.untilItEnds();
        assertThat(folder.found()).as("inputs\n%s", folder.logEnd()).isEmpty();
        assertThat(run.hasEndedAsIntended())
                .as("had %s of %s\n%s", run.used(), CPU, folder.logEnd())
                .isTrue();
    }
}
