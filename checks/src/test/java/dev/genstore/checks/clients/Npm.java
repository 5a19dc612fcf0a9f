package dev.genstore.checks.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The JavaScript project of the tests, installed below {@code target}. It is installed anew when its
 * lock file has changed; else no network is needed.
 */
public final class Npm {
    private static final Path SOURCE = Path.of("src", "test", "js");
    private static final Path TARGET = Path.of("target", "js");
    private static final String LOCK = "package-lock.json";
    private static final String MISSING = "Some tests run JavaScript clients: install Node.js 20 or"
            + " newer, so that 'node' and 'npm' are on PATH.";

    private Npm() {}

    /**
     * Installs what has to be.
     *
     * @return the folder of the project
     * @throws IllegalStateException when that fails, with a sentence that says what to do
     */
    public static Path install() {
        try {
            Files.createDirectories(TARGET);
            Path installed = TARGET.resolve("installed-" + LOCK);
            copySources();
            if (!isSame(installed, SOURCE.resolve(LOCK))) {
                ci();
                copy(SOURCE.resolve(LOCK), installed);
            }
            return TARGET;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Starts a program of Node.js. */
    public static Process start(ProcessBuilder command) {
        try {
            return command.start();
        } catch (IOException notFound) {
            throw new IllegalStateException(MISSING, notFound);
        }
    }

    private static void copySources() throws IOException {
        try (Stream<Path> files = Files.list(SOURCE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                copy(file, TARGET.resolve(file.getFileName()));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isSame(Path one, Path other) throws IOException {
        return Files.exists(one) && Files.mismatch(one, other) < 0;
    }

    private static void ci() throws IOException {
        List<String> command = List.of(
                "npm",
                "ci",
                "--prefer-offline",
                "--fetch-timeout=30000",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund");
        Process npm = start(
                new ProcessBuilder(command).directory(TARGET.toFile()).redirectErrorStream(true));
        npm.getOutputStream().close();
        String said = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (npm.onExit().join().exitValue() != 0) {
            throw new IllegalStateException("'npm ci' failed in " + TARGET.toAbsolutePath()
                    + "; the first time it needs a network. It said:\n" + said);
        }
    }
}
