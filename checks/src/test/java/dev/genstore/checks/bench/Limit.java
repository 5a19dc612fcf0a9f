package dev.genstore.checks.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The server in C that the others are held against, perhaps with a fault planted into it. */
final class Limit implements AutoCloseable {
    private final Process process;
    private final int port;

    private Limit(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Limit start(String... options) {
        var command = new ArrayList<>(List.of(Bench.program("limit").toString()));
        command.addAll(List.of(options));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            URI url = URI.create(process.inputReader().readLine());
            return new Limit(process, url.getPort());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
