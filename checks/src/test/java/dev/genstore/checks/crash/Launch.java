package dev.genstore.checks.crash;

import dev.genstore.server.Main;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a server is started in a process of its own: with the JDK and the class path of the running
 * test, and told to the JVM that it will be short-lived.
 *
 * <p>Immutable.
 *
 * @param folder where everything of it lies, the temporary files of its JVM too
 * @param main the class to run
 * @param arguments what it is given
 */
record Launch(Path folder, Class<?> main, List<String> arguments) {
    private static final List<String> JVM_OPTIONS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            // It logs as the program does, not as the tests do, whose class path this is.
            "-Dlogback.configurationFile=logback.xml");

    Launch {
        arguments = List.copyOf(arguments);
    }

    static Launch of(Path folder, Class<?> main, String... arguments) {
        return new Launch(folder, main, List.of(arguments));
    }

    /** {@code genstore serve} on a free port, with its data below this folder. */
    static Launch serve(Path folder, String... options) {
        return serve(folder, folder.resolve("data"), options);
    }

    /** {@code genstore serve} on a free port. */
    static Launch serve(Path folder, Path data, String... options) {
        var arguments = new ArrayList<>(List.of("serve", "--port", "0", "--data", data.toString()));
        arguments.addAll(List.of(options));
        return new Launch(folder, Main.class, arguments);
    }

    /** The same, run by another class. */
    Launch by(Class<?> other) {
        return new Launch(folder, other, arguments);
    }

    /** Starts it and waits until it serves. */
    ServerProcess start() {
        ServerProcess started = spawn();
        started.awaitReady();
        return started;
    }

    /** Starts it. */
    ServerProcess spawn() {
        return ServerProcess.spawn(this);
    }

    /** Where its temporary files are. */
    Path temporary() {
        return folder.resolve("tmp");
    }

    List<String> command() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.add("-Djava.io.tmpdir=" + temporary());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }
}
