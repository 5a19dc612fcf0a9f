package dev.genstore.sqlite;

import dev.genstore.resource.Json;
import dev.genstore.store.Edit;
import dev.genstore.store.Precondition;
import dev.genstore.store.Retention;
import dev.genstore.store.StorageException;
import dev.genstore.store.Write;
import dev.genstore.store.Writer;
import dev.genstore.store.WriterSetup;
import dev.genstore.store.WriterThread;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * A process of its own that has a folder open. It says {@code open}, or why it could not. Then it
 * writes without end when it is asked to, and tells the id of each resource that is durable.
 */
final class OtherProcess implements AutoCloseable {
    private static final String OPEN = "open";

    private final Process process;
    private final BufferedReader says;

    private OtherProcess(Process process) {
        this.process = process;
        this.says = process.inputReader();
    }

    /** Starts one that has the folder open when this returns. */
    static OtherProcess start(Path folder, String... more) throws IOException {
        OtherProcess other = launch(folder, more);
        String answer = other.says();
        if (!OPEN.equals(answer)) {
            throw new IllegalStateException("the other process says: " + answer);
        }
        return other;
    }

    /** What one says that can't open the folder. */
    static String refusal(Path folder) throws IOException {
        try (OtherProcess other = launch(folder)) {
            return other.says();
        }
    }

    /** Its next line; empty when it has ended. */
    String says() throws IOException {
        String line = says.readLine();
        return line == null ? "" : line;
    }

    long pid() {
        return process.pid();
    }

    /** Kills it, as a power cut would: nothing is closed. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static OtherProcess launch(Path folder, String... more) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        var command = new ProcessBuilder(
                java.toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                folder.toString());
        command.command().addAll(List.of(more));
        return new OtherProcess(
                command.redirectError(ProcessBuilder.Redirect.DISCARD).start());
    }

    /** The other process. */
    public static void main(String[] arguments) throws Exception {
        try {
            SqliteStorage storage = Tampering.open(Path.of(arguments[0]));
            System.out.println(OPEN);
            if (arguments.length > 1) {
                write(storage);
            }
            Thread.currentThread().join();
        } catch (StorageException refusal) {
            System.out.println(refusal.getMessage());
        }
    }

    private static void write(SqliteStorage storage) throws Exception {
        var writer = new Writer(
                storage, WriterSetup.of(Retention.DEFAULT, InstantSource.system(), changes -> {}));
        new WriterThread(writer, Thread.ofPlatform().factory()).start();
        for (int id = 1; ; id++) {
            var edit = new Edit.Create(Json.EMPTY);
            var write = new Write("notes", Integer.toString(id), edit, Precondition.NONE, null);
            writer.submit(write).get();
            System.out.println(id);
        }
    }
}
