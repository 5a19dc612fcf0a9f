package dev.genstore.checks.harness;

import dev.genstore.embedded.Genstore;
import dev.genstore.embedded.GenstoreBuilder;
import dev.genstore.wire.Entrance;
import dev.genstore.wire.WireSettings;
import dev.genstore.wire.proxy.TrustedProxies;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A server in this process, on a free port of 127.0.0.1. */
public final class TestServer implements AutoCloseable {
    /** By the names that requests of tests call it. */
    public static final Entrance ENTRANCE =
            new Entrance(Set.of("a", "b", "h", "here", "host"), TrustedProxies.NONE, null);

    private final Genstore store;
    private final Runnable whenClosed;

    private TestServer(Genstore store, Runnable whenClosed) {
        this.store = store;
        this.whenClosed = whenClosed;
    }

    /** Starts with the defaults, in a folder that goes when it is closed. */
    public static TestServer start() {
        return start(builder -> builder);
    }

    /** Starts with what {@code change} makes of the defaults, in a folder that goes, too. */
    public static TestServer start(UnaryOperator<GenstoreBuilder> change) {
        Path folder = OwnFolder.make();
        return start(folder, change, () -> OwnFolder.delete(folder));
    }

    /** Starts on this folder with the defaults. */
    public static TestServer start(Path folder) {
        return start(folder, builder -> builder);
    }

    /** Starts on this folder with what {@code change} makes of the defaults. */
    public static TestServer start(Path folder, UnaryOperator<GenstoreBuilder> change) {
        return start(folder, change, () -> {});
    }

    private static TestServer start(
            Path folder, UnaryOperator<GenstoreBuilder> change, Runnable whenClosed) {
        try {
            GenstoreBuilder defaults = Genstore.builder()
                    .data(folder)
                    .wire(WireSettings.of("127.0.0.1", 0)
                            .withSender(ForcedSender.kind())
                            .withEntrance(ENTRANCE))
                    .drain(Duration.ofSeconds(2));
            return new TestServer(ForcedTls.apply(change.apply(defaults)).start(), whenClosed);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public Genstore store() {
        return store;
    }

    public int port() {
        return store.address().getPort();
    }

    /** The URL of this path and query. */
    public URI url(String target) {
        return URI.create(ForcedTls.scheme("http") + "://127.0.0.1:" + port() + target);
    }

    /** The WebSocket URL of this path and query. */
    public URI socketUrl(String target) {
        return URI.create(ForcedTls.scheme("ws") + "://127.0.0.1:" + port() + target);
    }

    /** Stops it in good order. */
    @Override
    public void close() {
        store.close();
        whenClosed.run();
    }
}
