package dev.genstore.checks.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.checks.harness.OwnFolder;
import dev.genstore.checks.harness.Settings;
import dev.genstore.checks.harness.TestIdentity;
import dev.genstore.embedded.Genstore;
import dev.genstore.store.CommitMeter;
import dev.genstore.wire.DisconnectCause;
import dev.genstore.wire.Entrance;
import dev.genstore.wire.Transport;
import dev.genstore.wire.WireMeter;
import dev.genstore.wire.WireSettings;
import dev.genstore.wire.rates.Refusal;
import dev.genstore.wire.tls.TlsFiles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server with TLS and a certificate that a test may replace. */
final class SecureServer implements AutoCloseable, WireMeter {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PIECE_BYTES = 900_000;

    private final Path folder = OwnFolder.make();
    private final List<DisconnectCause> endings = new CopyOnWriteArrayList<>();
    private final Map<Transport, Integer> open = new ConcurrentHashMap<>();
    private final Genstore store;
    private final SSLContext trusting;

    SecureServer(TestIdentity... known) {
        this(WireSettings.of("127.0.0.1", 0), known);
    }

    /** With the first of these identities; its clients trust all of them. */
    SecureServer(WireSettings settings, TestIdentity... known) {
        known[0].write(folder);
        trusting = TestIdentity.trusting(known);
        try {
            store = Genstore.builder()
                    .data(folder.resolve("data"))
                    .wire(settings.withEntrance(settings.entrance().withTls(files())))
                    .drain(Duration.ofSeconds(2))
                    .meters(CommitMeter.NONE, this)
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The defaults, where nothing may take longer than a second. */
    static WireSettings impatient() {
        return impatient(1_000);
    }

    /** The same with so many connections at most. */
    static WireSettings impatient(int connectionsMax) {
        return Settings.defaults()
                .shortStalls()
                .shortRequests()
                .shortIdleness()
                .connectionsMax(connectionsMax)
                .entrance(Entrance.DEFAULT)
                .make()
                .withSender(null);
    }

    /** Makes a small resource. */
    void create() {
        create("notes", 1);
    }

    /** Makes a resource with about so many bytes in it, in pieces if it would be too long. */
    void create(String collection, int bytes) {
        for (int left = bytes; left > 0; left -= PIECE_BYTES) {
            String json = "{\"text\":\"" + "x".repeat(Math.min(left, PIECE_BYTES)) + "\"}";
            store.resources().create(collection, json.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** How many connections and streams there are of this transport. */
    int open(Transport transport) {
        return open.getOrDefault(transport, 0);
    }

    TlsFiles files() {
        return new TlsFiles(folder.resolve("server.pem"), folder.resolve("server.key"));
    }

    Path folder() {
        return folder;
    }

    Genstore store() {
        return store;
    }

    int port() {
        return store.address().getPort();
    }

    URI url(String target) {
        return URI.create("https://127.0.0.1:" + port() + target);
    }

    /** A client that trusts the server and speaks this version of HTTP if it can. */
    HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder().sslContext(trusting).version(version).build();
    }

    HttpResponse<String> get(HttpClient client, String target) {
        try {
            return client.send(
                    HttpRequest.newBuilder(url(target)).timeout(PATIENCE).build(),
                    BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interruption);
        }
    }

    /** A connection without TLS. */
    Socket plain() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    /** A connection that speaks only these versions of TLS, before its handshake. */
    SSLSocket secure(String... versions) throws IOException {
        var socket = (SSLSocket)
                trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.setEnabledProtocols(versions);
        return socket;
    }

    /** A connection with TLS upon this one, before its handshake. */
    SSLSocket secureUpon(Socket connected) throws IOException {
        return (SSLSocket) trusting.getSocketFactory()
                .createSocket(connected, "127.0.0.1", connected.getPort(), true);
    }

    /** Waits until a connection has ended so, perhaps among others. */
    void awaitEnding(DisconnectCause cause) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(endings).contains(cause));
    }

    /** Waits until exactly these connections have ended. */
    void awaitEndings(DisconnectCause... causes) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(endings).containsExactlyInAnyOrder(causes));
    }

    @Override
    public void connected() {
        open.merge(Transport.HTTP, 1, Integer::sum);
    }

    @Override
    public void switched(Transport from, Transport to) {
        open.merge(from, -1, Integer::sum);
        open.merge(to, 1, Integer::sum);
    }

    @Override
    public void disconnected(Transport transport, DisconnectCause cause) {
        open.merge(transport, -1, Integer::sum);
        endings.add(cause);
    }

    @Override
    public void delivered(int events) {}

    @Override
    public void refused(Refusal of) {}

    @Override
    public void close() {
        store.close();
        OwnFolder.delete(folder);
    }
}
