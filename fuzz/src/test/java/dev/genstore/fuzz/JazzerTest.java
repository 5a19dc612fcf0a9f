package dev.genstore.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Every target is fuzzed by Jazzer, one after another; only in {@code -Pdeep}. */
class JazzerTest {
    private static final String SECONDS = System.getProperty("genstore.fuzz.seconds", "600");

    /** Netty reads memory as this one does not know it, and it fails itself. */
    private static final String NETTYS_UNSAFE =
            "com.code_intelligence.jazzer.sanitizers.UnsafeSanitizer";

    @ParameterizedTest
    @EnumSource
    void jazzer_finds_nothing(Target target, @TempDir Path folder)
            throws IOException, InterruptedException {
        Path corpus = Files.createDirectory(folder.resolve("corpus"));
        List<byte[]> inputs = target.inputs();
        for (int i = 0; i < inputs.size(); i++) {
            Files.write(corpus.resolve("" + i), inputs.get(i));
        }
        Path log = folder.resolve("log");
        int status = jazzer(target, corpus, folder)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        assertThat(status).as(() -> found(target, folder) + end(log)).isZero();
    }

    private static ProcessBuilder jazzer(Target target, Path corpus, Path folder) {
        String classPath = System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dslf4j.internal.verbosity=ERROR",
                "-Xmx1g",
                "-cp",
                classPath,
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + Fuzzed.class.getName(),
                "--target_args=" + target,
                "--instrumentation_includes=dev.genstore.**",
                "--disabled_hooks=" + NETTYS_UNSAFE,
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-max_len=4096",
                "-timeout=20",
                "-max_total_time=" + SECONDS,
                corpus.toString());
    }

    /** The input that broke something, as the line to add to the table. */
    private static String found(Target target, Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            var found = new StringBuilder();
            for (Path file : files.filter(JazzerTest::isInput).toList()) {
                found.append("add to the table of ").append(target).append(":\n");
                found.append(Target.line(Files.readAllBytes(file))).append("\n\n");
            }
            return found.toString();
        } catch (IOException failure) {
            return failure + "\n";
        }
    }

    private static boolean isInput(Path file) {
        return file.getFileName().toString().matches("(crash|timeout|oom|slow-unit)-.*");
    }

    private static String end(Path log) {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 80), lines.size()));
        } catch (IOException failure) {
            return failure.toString();
        }
    }
}
