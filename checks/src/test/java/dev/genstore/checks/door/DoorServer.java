package dev.genstore.checks.door;

import dev.genstore.auth.ApiKeys;
import dev.genstore.checks.harness.OwnFolder;
import dev.genstore.checks.harness.RawSocket;
import dev.genstore.checks.harness.Settings;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.embedded.GenstoreBuilder;
import dev.genstore.router.Method;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.store.Resources;
import dev.genstore.wire.Entrance;
import dev.genstore.wire.WireSettings;
import dev.genstore.wire.proxy.AddressRange;
import dev.genstore.wire.proxy.Telling;
import dev.genstore.wire.proxy.TrustedProxies;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** A server that says at {@code /whence} from where it was asked. */
final class DoorServer implements AutoCloseable {
    private static final String LISTED = "https://app.example";

    private final Path folder;
    private final TestServer server;

    private DoorServer(Path folder, WireSettings settings) {
        this.folder = folder;
        this.server = TestServer.start(folder, builder -> bound(builder).wire(settings));
    }

    private static GenstoreBuilder bound(GenstoreBuilder builder) {
        return builder.bindForEveryone(
                        Method.GET,
                        "/whence",
                        Resources.class,
                        (request, ignored) -> Reply.of(200, "text/plain", whence(request)))
                .bind(Method.POST, "/touch", Resources.class, (request, ignored) -> Reply.of(204));
    }

    private static String whence(Request request) {
        return request.address().toString();
    }

    /** One that is reached directly, and has one page of another origin listed. */
    static DoorServer open(String... hosts) {
        return new DoorServer(OwnFolder.make(), settings(entrance(TrustedProxies.NONE, hosts)));
    }

    /** The same with an API key, which nobody knows. */
    static DoorServer locked() {
        Path folder = OwnFolder.make();
        ApiKeys.in(folder).create("root", Set.of("admin"), null);
        return new DoorServer(folder, settings(entrance(TrustedProxies.NONE)));
    }

    /** One behind proxies at these addresses, which speak so. */
    static DoorServer behind(Telling telling, String range, String... hosts) {
        AddressRange trusted = AddressRange.parse(range).orElseThrow();
        var proxies = new TrustedProxies(Set.of(trusted), telling);
        return new DoorServer(OwnFolder.make(), settings(entrance(proxies, hosts)));
    }

    /** One that waits a second for the header of the PROXY protocol. */
    static DoorServer impatient() {
        var proxies = new TrustedProxies(
                Set.of(AddressRange.parse("127.0.0.1").orElseThrow()), Telling.PROXY_PROTOCOL);
        return new DoorServer(OwnFolder.make(), settings(entrance(proxies), Duration.ofSeconds(1)));
    }

    private static Entrance entrance(TrustedProxies proxies, String... hosts) {
        return new Entrance(Set.of(hosts), proxies, null);
    }

    private static WireSettings settings(Entrance entrance) {
        return settings(entrance, WireSettings.of("127.0.0.1", 0).requestTimeout());
    }

    private static WireSettings settings(Entrance entrance, Duration patience) {
        return Settings.defaults()
                .origins(Set.of(LISTED))
                .requestTimeout(patience)
                .entrance(entrance)
                .make();
    }

    int port() {
        return server.port();
    }

    /** Sends a head, whose lines have {@code ⏎} between them, and returns the connection. */
    RawSocket send(String lines) {
        RawSocket socket = RawSocket.connect(server.port());
        socket.send(bytes(lines));
        return socket;
    }

    static byte[] bytes(String lines) {
        return (lines.replace("⏎", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        server.close();
        OwnFolder.delete(folder);
    }
}
