package dev.genstore.server;

import dev.genstore.server.cli.Commands;
import dev.genstore.server.cli.StandardOutput;
import dev.genstore.server.cli.Terminal;
import dev.genstore.server.config.SettingsReader;

import java.io.PrintWriter;
import java.nio.file.Path;

/** The program. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        var reader = new SettingsReader(System.getenv(), Path.of("").toAbsolutePath());
        var out = StandardOutput.ofProcess(System.out.charset());
        var err = new PrintWriter(System.err, true, System.err.charset());
        var terminal = new Terminal(System.in, out, err, System.getenv());
        // A server goes on where nobody reads what it says.
        var greeting = new PrintWriter(System.out, true, System.out.charset());
        var commands = new Commands(reader, new ServeUntilStopped(greeting), terminal);
        System.exit(commands.run(arguments));
    }
}
