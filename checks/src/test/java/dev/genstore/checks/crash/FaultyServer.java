package dev.genstore.checks.crash;

import dev.genstore.action.RestActions;
import dev.genstore.action.SelectionReader;
import dev.genstore.cel.CelCompiler;
import dev.genstore.changelog.Changelog;
import dev.genstore.hub.CatchUp;
import dev.genstore.hub.Hub;
import dev.genstore.hub.HubThread;
import dev.genstore.router.Contexts;
import dev.genstore.router.Router;
import dev.genstore.sqlite.SqliteStorage;
import dev.genstore.store.CommitListener;
import dev.genstore.store.Resources;
import dev.genstore.store.Retention;
import dev.genstore.store.Writer;
import dev.genstore.store.WriterSetup;
import dev.genstore.store.WriterThread;
import dev.genstore.wire.WireMeter;
import dev.genstore.wire.WireServer;
import dev.genstore.wire.WireSettings;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Executors;

/** A server like the real one, put together on a storage with a planted bug. It serves until killed. */
final class FaultyServer {
    private static final int BODY_BYTES_MAX = 1 << 20;

    /** So little that whoever catches up is served by the storage. */
    private static final Changelog.Memory LITTLE = new Changelog.Memory(8, 1 << 20);

    private FaultyServer() {}

    /** How it is started: its fault is its first argument, its data folder the second. */
    static Launch launch(Path folder, Fault fault) {
        return Launch.of(
                folder, FaultyServer.class, fault.name(), folder.resolve("data").toString());
    }

    public static void main(String[] arguments) throws IOException {
        Fault fault = Fault.valueOf(arguments[0]);
        Path data = Path.of(arguments[1]);
        var storage =
                new FaultyStorage(SqliteStorage.open(data, SqliteStorage.Options.DEFAULT), fault);
        var changelog =
                new Changelog(storage, fault.isOfCatchUp() ? LITTLE : Changelog.Memory.DEFAULT);
        CommitListener listener = fault == Fault.TELLS_EARLY ? changes -> {} : changelog;
        storage.tell(changelog);
        var address = serve(storage, changelog, listener).start();
        System.out.println("Genstore listens on http://127.0.0.1:" + address.getPort()
                + ", data in " + data + "; try: another one, this one has a fault");
    }

    private static WireServer serve(
            FaultyStorage storage, Changelog changelog, CommitListener listener) {
        var clock = InstantSource.system();
        var writer = new Writer(storage, WriterSetup.of(Retention.DEFAULT, clock, listener));
        var hub = new Hub(changelog, clock, Hub.Limits.DEFAULT);
        var resources =
                new Resources(storage, writer, () -> UUID.randomUUID().toString(), BODY_BYTES_MAX);
        var router = new Router(
                RestActions.bindings(new SelectionReader(new CelCompiler())),
                Contexts.none().with(Resources.class, resources));
        var hubThread = new HubThread(hub, changelog, Thread::new);
        new WriterThread(writer, Thread::new).start();
        hubThread.start();
        var parts = new WireServer.Parts(
                router,
                hub,
                new CatchUp(changelog, clock),
                storage.epoch(),
                Executors.newVirtualThreadPerTaskExecutor(),
                clock,
                new SecureRandom());
        return new WireServer(WireSettings.of("127.0.0.1", 0), parts, WireMeter.NONE);
    }
}
