package dev.genstore.checks.clients;

import dev.genstore.checks.harness.Settings;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.embedded.GenstoreBuilder;
import dev.genstore.router.Method;
import dev.genstore.router.Reply;
import dev.genstore.store.Resources;
import dev.genstore.wire.WireSettings;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A server that can be restarted on its folder and port. It has a page, so that browsers can be of
 * its origin. Confined to one thread.
 */
final class Site implements AutoCloseable {
    private final Path folder;
    private TestServer server;

    Site(Path folder) {
        this(folder, builder -> builder);
    }

    /** A site with what {@code change} makes of the defaults. */
    Site(Path folder, UnaryOperator<GenstoreBuilder> change) {
        this.folder = folder;
        this.server = TestServer.start(folder, builder -> change.apply(withPage(builder)));
    }

    private static GenstoreBuilder withPage(GenstoreBuilder builder) {
        return builder.bind(
                Method.GET,
                "/page",
                Resources.class,
                (request, ignored) ->
                        Reply.of(200, "text/html", "<!doctype html><title>Page</title>"));
    }

    /** Settings with these origins and an impatient or patient ping. */
    static WireSettings wire(Set<String> origins, Duration ping) {
        return Settings.defaults().origins(origins).pings(ping).make();
    }

    TestServer server() {
        return server;
    }

    InetSocketAddress address() {
        return server.store().address();
    }

    /** The notes of {@link Notes}. */
    URI notes() {
        return server.url(Notes.PATH);
    }

    /** The same, behind another port. */
    static URI notesAt(int port) {
        return URI.create("http://127.0.0.1:" + port + Notes.PATH);
    }

    /** Stops it in good order. */
    void stop() {
        server.close();
    }

    /** Starts it again where it was. */
    void startAgain() {
        WireSettings same =
                WireSettings.of("127.0.0.1", server.port()).withEntrance(TestServer.ENTRANCE);
        server = TestServer.start(folder, builder -> withPage(builder).wire(same));
    }

    @Override
    public void close() {
        server.close();
    }
}
