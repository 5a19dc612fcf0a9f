package dev.genstore.sqlite;

import dev.genstore.resource.Json;
import dev.genstore.resource.Samples;
import dev.genstore.store.Edit;
import dev.genstore.store.Outcome;
import dev.genstore.store.Precondition;
import dev.genstore.store.Retention;
import dev.genstore.store.Write;
import dev.genstore.store.Writer;
import dev.genstore.store.WriterSetup;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * What it costs to make creates durable that share one commit. Below the working directory, as the
 * directory for temporary files may be in memory.
 */
@State(Scope.Thread)
public class CommitBench {
    @Param({"1", "64"})
    public int writes;

    private final Json members = Json.trusted(Samples.body());
    private final Path folder = newFolder();
    private final SqliteStorage storage = SqliteStorage.open(folder, SqliteStorage.Options.DEFAULT);
    private final Writer writer = new Writer(
            storage, WriterSetup.of(Retention.DEFAULT, InstantSource.system(), changes -> {}));
    private long made;

    @Benchmark
    public Outcome commit() throws Exception {
        Future<Outcome> last = writer.submit(create());
        for (int i = 1; i < writes; i++) {
            last = writer.submit(create());
        }
        writer.commitWaiting();
        return last.get();
    }

    /** Ids that rise and are as long as those that the server makes. */
    private Write create() {
        String id = "0197a1b2-c3d4-7e5f-8a9b-" + (100_000_000_000L + made++);
        return new Write("notes", id, new Edit.Create(members), Precondition.NONE, null);
    }

    @TearDown
    public void remove() throws IOException {
        writer.close();
        storage.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList().reversed()) {
                Files.delete(file);
            }
        }
    }

    private static Path newFolder() {
        try {
            Path below = Files.createDirectories(Path.of("target"));
            return Files.createTempDirectory(below.toAbsolutePath(), "commits-");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
