package dev.genstore.checks.crash;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server in a process of its own. Thread-safe, except for {@link #awaitReady}.
 *
 * <p>What it writes to its standard error goes to a file, so it never waits for a reader.
 */
final class ServerProcess implements AutoCloseable {
    /** What a SIGTERM ends a JVM with: 128 and the number of the signal. */
    static final int TERMINATED = 143;

    private static final Pattern START_LINE =
            Pattern.compile("Genstore listens on (https?://[^,]+), data in .*; try: .*");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path errors;
    private volatile @Nullable URI url;

    private ServerProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    static ServerProcess spawn(Launch launch) {
        try {
            Files.createDirectories(launch.temporary());
            Path errors = Files.createTempFile(launch.folder(), "server-", ".err");
            var builder = new ProcessBuilder(launch.command())
                    .directory(launch.folder().toFile())
                    .redirectError(errors.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("GENSTORE_"));
            return new ServerProcess(builder.start(), errors);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Reads its one line, which says where it listens; kills it when that is not what it says. */
    void awaitReady() {
        Matcher matcher = START_LINE.matcher(firstLine());
        if (!matcher.matches()) {
            kill();
            throw new IllegalStateException("It did not start. " + errors());
        }
        url = URI.create(matcher.group(1));
    }

    /** The first line on its standard output; empty when none comes in time. */
    String firstLine() {
        return nextLine();
    }

    /** The next line on its standard output; empty when none comes in time. */
    String nextLine() {
        BufferedReader out = process.inputReader();
        return CompletableFuture.supplyAsync(() -> readLine(out))
                .completeOnTimeout("", PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static String readLine(BufferedReader in) {
        try {
            return String.valueOf(in.readLine());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Where it listens. */
    URI url() {
        return Objects.requireNonNull(url, "it was not waited for");
    }

    /** Reads nothing any more of what it says on its standard output. */
    void stopReading() {
        try {
            process.inputReader().close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Says a line on its standard input. */
    void say(String line) {
        try {
            var in = process.outputWriter();
            in.write(line + "\n");
            in.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Kills it as {@code kill -9} does, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Asks it to stop, as {@code kill} does. */
    void terminate() {
        process.destroy();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it has ended; returns its exit code. */
    int awaitExit() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("It does not end. " + errors());
            }
            return process.exitValue();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interruption);
        }
    }

    /** What it has written to its standard error. */
    String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
