package dev.genstore.client;

import dev.genstore.embedded.Genstore;
import dev.genstore.testkit.FaultyNetwork;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** A server on a free port, that can be restarted, and a bad network before it. One thread's. */
final class Site implements AutoCloseable {
    private final Path folder;
    private final FaultyNetwork network;
    private Genstore server;

    Site(Path folder) {
        this.folder = folder;
        this.server = start(0);
        this.network = FaultyNetwork.before(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port()));
    }

    private Genstore start(int port) {
        try {
            return Genstore.builder()
                    .data(folder)
                    .port(port)
                    .drain(Duration.ofMillis(500))
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void restart() {
        int port = port();
        server.close();
        server = start(port);
    }

    FaultyNetwork network() {
        return network;
    }

    int port() {
        return server.address().getPort();
    }

    /** The way that nothing happens on. */
    URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** The way through the bad network. */
    URI badUrl() {
        return URI.create("http://127.0.0.1:" + network.address().getPort());
    }

    @Override
    public void close() {
        network.close();
        server.close();
    }
}
