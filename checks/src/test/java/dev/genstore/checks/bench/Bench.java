package dev.genstore.checks.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The folder {@code bench} and what is run in it. */
final class Bench {
    private static final int PATIENCE_SECONDS = 120;

    private Bench() {}

    /** A program of the benchmark that is in C, compiled where it has to be. */
    static Path program(String name) {
        run(List.of(folder().resolve("build").toString()));
        return folder().resolve("target").resolve(name);
    }

    /** Runs it and returns what it has written to its standard output. */
    static String run(List<String> command) {
        try {
            Path errors = Files.createTempFile("bench-", ".err");
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            process.getOutputStream().close();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            requireSuccess(process, command, Files.readString(errors));
            Files.delete(errors);
            return said;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void requireSuccess(Process process, List<String> command, String errors) {
        try {
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", command) + " failed: " + errors);
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interruption);
        }
    }

    static Path folder() {
        Path here = Path.of("").toAbsolutePath();
        Path there = here.resolve("bench");
        return Files.isDirectory(there) ? there : here.resolveSibling("bench");
    }
}
