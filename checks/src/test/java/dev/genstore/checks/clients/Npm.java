package dev.genstore.checks.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A JavaScript project, installed below {@code target}. It is installed anew when its lock file has
 * changed; else no network is needed.
 */
public final class Npm {
    private static final Path SOURCE = Path.of("src", "test", "js");
    private static final Path TARGET = Path.of("target", "js");
    private static final Set<String> MADE = Set.of("node_modules", "dist", "build");
    private static final String LOCK = "package-lock.json";
    private static final String MISSING = "Some tests run JavaScript clients: install Node.js 20 or"
            + " newer, so that 'node' and 'npm' are on PATH.";

    private Npm() {}

    /**
     * Installs the project of the tests.
     *
     * @return its folder
     * @throws IllegalStateException when that fails, with a sentence that says what to do
     */
    public static Path install() {
        return install(SOURCE, TARGET);
    }

    /**
     * Installs what has to be.
     *
     * @param source the project
     * @param target where a copy of it is installed
     * @return the target
     * @throws IllegalStateException when that fails, with a sentence that says what to do
     */
    public static Path install(Path source, Path target) {
        try {
            Files.createDirectories(target);
            Path installed = target.resolve("installed-" + LOCK);
            copySources(source, target);
            if (!isSame(installed, source.resolve(LOCK))) {
                ci(target);
                copy(source.resolve(LOCK), installed);
            }
            return target;
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

    /** Also what is in its folders, but not what was made or installed there. */
    private static void copySources(Path source, Path target) throws IOException {
        try (Stream<Path> entries = Files.list(source)) {
            for (Path entry : entries.toList()) {
                Path copy = target.resolve(entry.getFileName());
                if (Files.isRegularFile(entry)) {
                    copy(entry, copy);
                } else if (!MADE.contains(entry.getFileName().toString())) {
                    Files.createDirectories(copy);
                    copySources(entry, copy);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isSame(Path one, Path other) throws IOException {
        return Files.exists(one) && Files.mismatch(one, other) < 0;
    }

    private static void ci(Path folder) throws IOException {
        List<String> command = List.of(
                "npm",
                "ci",
                "--prefer-offline",
                "--fetch-timeout=30000",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund");
        Process npm = start(
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true));
        npm.getOutputStream().close();
        String said = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (npm.onExit().join().exitValue() != 0) {
            throw new IllegalStateException("'npm ci' failed in " + folder.toAbsolutePath()
                    + "; the first time it needs a network. It said:\n" + said);
        }
    }
}
