package dev.genstore.checks.harness;

import dev.genstore.action.RestActions;
import dev.genstore.action.SelectionReader;
import dev.genstore.cel.CelCompiler;
import dev.genstore.changelog.Changelog;
import dev.genstore.hub.CatchUp;
import dev.genstore.hub.Hub;
import dev.genstore.hub.HubThread;
import dev.genstore.query.RuleCompiler;
import dev.genstore.router.Access;
import dev.genstore.router.Authenticator;
import dev.genstore.router.Contexts;
import dev.genstore.router.Router;
import dev.genstore.store.Resources;
import dev.genstore.store.Retention;
import dev.genstore.store.SchemaReader;
import dev.genstore.store.Storage;
import dev.genstore.store.Writer;
import dev.genstore.store.WriterSetup;
import dev.genstore.store.WriterThread;
import dev.genstore.wire.Tracing;
import dev.genstore.wire.WireMeter;
import dev.genstore.wire.WireServer;
import dev.genstore.wire.WireSettings;
import dev.genstore.wire.Witness;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server put together from its parts, for tests that need a storage or a clock of their own. It is
 * on a free port of 127.0.0.1.
 */
public final class PartsServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Storage storage;
    private final WriterThread writer;
    private final HubThread hub;
    private final ExecutorService blocking;
    private final Resources resources;
    private final WireServer wire;
    private final int port;
    private boolean hasHub;

    /** Starts with this storage and clock, and the defaults of everything else. */
    public static PartsServer start(Storage storage, InstantSource clock) throws IOException {
        return start(storage, clock, Authenticator.NONE);
    }

    /** The same, where this one tells who asks. */
    public static PartsServer start(
            Storage storage, InstantSource clock, Authenticator authenticator) throws IOException {
        return start(storage, clock, authenticator, RuleCompiler.NONE);
    }

    /** The same, where this one makes the rules. */
    public static PartsServer start(
            Storage storage,
            InstantSource clock,
            Authenticator authenticator,
            RuleCompiler compiler)
            throws IOException {
        var server = new PartsServer(storage, clock, authenticator, compiler);
        server.startHub();
        return server;
    }

    /** The same, but nobody is told live until {@link #startHub}: as if the hub were slow. */
    public static PartsServer startWithoutHub(Storage storage, InstantSource clock)
            throws IOException {
        return new PartsServer(storage, clock, Authenticator.NONE, RuleCompiler.NONE);
    }

    private PartsServer(
            Storage storage,
            InstantSource clock,
            Authenticator authenticator,
            RuleCompiler compiler)
            throws IOException {
        this.storage = storage;
        var changelog = new Changelog(storage, Changelog.Memory.DEFAULT);
        var setup = WriterSetup.of(Retention.DEFAULT, clock, changelog)
                .with(SchemaReader.NONE, compiler);
        var commits = new Writer(storage, setup);
        var watches = new Hub(changelog, clock, Hub.Limits.DEFAULT);
        this.writer = new WriterThread(commits, Thread.ofPlatform().daemon().factory());
        this.hub =
                new HubThread(watches, changelog, Thread.ofPlatform().daemon().factory());
        this.blocking = Executors.newVirtualThreadPerTaskExecutor();
        this.resources =
                new Resources(storage, commits, () -> UUID.randomUUID().toString(), 1 << 20);
        var parts = new WireServer.Parts(
                new Router(
                        RestActions.bindings(new SelectionReader(new CelCompiler())),
                        Contexts.none().with(Resources.class, resources),
                        Access.ALL,
                        resources.views()),
                watches,
                new CatchUp(changelog, clock),
                storage.epoch(),
                blocking,
                clock,
                new Random(1),
                authenticator,
                Witness.NONE,
                Tracing.NONE);
        var settings = ForcedTls.apply(WireSettings.of("127.0.0.1", 0)
                .withSender(ForcedSender.kind())
                .withEntrance(TestServer.ENTRANCE));
        this.wire = new WireServer(settings, parts, WireMeter.NONE);
        writer.start();
        this.port = wire.start().getPort();
    }

    /** Has changes told live, if they are not yet. */
    public void startHub() {
        if (!hasHub) {
            hasHub = true;
            hub.start();
        }
    }

    public Resources resources() {
        return resources;
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        startHub();
        try {
            wire.stop(PATIENCE);
            writer.stop(PATIENCE);
            hub.stop(PATIENCE);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        } finally {
            blocking.shutdownNow();
            storage.close();
        }
    }
}
