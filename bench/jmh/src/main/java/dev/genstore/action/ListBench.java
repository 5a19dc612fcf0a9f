package dev.genstore.action;

import dev.genstore.cel.CelCompiler;
import dev.genstore.query.Index;
import dev.genstore.resource.Samples;
import dev.genstore.router.Contexts;
import dev.genstore.router.Headers;
import dev.genstore.router.Method;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.router.Router;
import dev.genstore.sqlite.SqliteStorage;
import dev.genstore.store.Ledger;
import dev.genstore.store.Resources;
import dev.genstore.store.Retention;
import dev.genstore.store.Writer;
import dev.genstore.store.WriterSetup;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a page of 100 costs that an index finds: one owner's, the highest scores first, of a collection
 * in which each owner has 1,000 resources. The whole answer is made, from the URL to the JSON; it is
 * another owner's each time, so that what is asked for was not just there. Below the working directory,
 * as the directory for temporary files may be in memory.
 */
@State(Scope.Thread)
public class ListBench {
    private static final int OF_EACH_OWNER = 1_000;
    private static final int COMMITTED_AT_ONCE = 10_000;

    @Param({"10000", "1000000"})
    public int resources;

    private final Path folder = newFolder();
    private final SqliteStorage storage = SqliteStorage.open(folder, SqliteStorage.Options.DEFAULT);
    private final Writer writer = new Writer(
            storage, WriterSetup.of(Retention.DEFAULT, InstantSource.system(), changes -> {}));
    private final Router router = new Router(
            RestActions.bindings(new SelectionReader(new CelCompiler())),
            Contexts.none()
                    .with(
                            Resources.class,
                            new Resources(storage, writer, () -> "unused", 1 << 20)));
    private final Random random = new Random(1);

    @Setup
    public void fill() {
        Ledger ledger = storage.ledger();
        ledger.begin();
        for (int i = 1; i <= resources; i++) {
            ledger.append(Samples.scored(i, owner(i), random.nextInt(1_000_000)));
            if (i % COMMITTED_AT_ONCE == 0) {
                ledger.trim(i);
                ledger.commit();
                ledger.begin();
            }
        }
        index(ledger, Index.parse("owner,score"));
        requireAPageFromTheIndex(page());
        requireAPageThatSaysItScanned(get("/api/notes?title=none"));
    }

    /** As the writer does it beside the writes, until it is whole. */
    private static void index(Ledger ledger, Index index) {
        ledger.indexes("notes", Set.of(index), Set.of(index));
        while (!ledger.wholeIndexes("notes").contains(index)) {
            ledger.workOnIndexes(COMMITTED_AT_ONCE);
            ledger.commit();
            ledger.begin();
        }
        ledger.commit();
    }

    private int owner(int number) {
        return number % Math.max(1, resources / OF_EACH_OWNER);
    }

    private static void requireAPageFromTheIndex(Reply reply) {
        boolean isWhole = reply.status() == 200 && reply.headers().first("Link").isPresent();
        if (!isWhole || reply.headers().first("Genstore-Scanned").isPresent()) {
            throw new IllegalStateException("not a page that an index finds: " + reply.status());
        }
    }

    private static void requireAPageThatSaysItScanned(Reply reply) {
        if (reply.headers().first("Genstore-Scanned").isEmpty()) {
            throw new IllegalStateException("it does not say that it scanned: " + reply.status());
        }
    }

    @Benchmark
    public Reply page() {
        String target = "/api/notes?filter=owner%20%3D%3D%20%22n" + owner(random.nextInt(resources))
                + "%22%20%26%26%20score%20%3E%3D%200&sort=-score&limit=100";
        return get(target);
    }

    private Reply get(String target) {
        return router.answer(Request.of(Method.GET, target, Headers.NONE, new byte[0]));
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
            return Files.createTempDirectory(below.toAbsolutePath(), "lists-");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
