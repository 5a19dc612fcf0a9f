package dev.genstore.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network between clients and a server on this machine, to be made bad: slow, narrow, silent, or
 * cut. A client connects to {@link #address} instead of the server's; as long as nothing is asked of
 * it, bytes, ends and resets pass as they come.
 *
 * <p>Each side of a connection still has a living kernel at its other end, which acknowledges what it
 * can hold. So a silent network looks like a peer that is frozen, not like one without power.
 *
 * <p>Thread-safe.
 */
public final class FaultyNetwork implements AutoCloseable {
    private final ServerSocket entry;
    private final InetSocketAddress server;
    private final Weather weather = new Weather();
    private final Set<Cable> cables = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();

    private FaultyNetwork(ServerSocket entry, InetSocketAddress server) {
        this.entry = entry;
        this.server = server;
    }

    /** A good network before this server, which need not run yet. */
    public static FaultyNetwork before(InetSocketAddress server) {
        try {
            var entry = new ServerSocket(0, 0, InetAddress.ofLiteral("127.0.0.1"));
            var network = new FaultyNetwork(entry, server);
            Thread.ofVirtual().name("faulty-network").start(network::accept);
            return network;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Where clients connect. */
    public InetSocketAddress address() {
        return (InetSocketAddress) entry.getLocalSocketAddress();
    }

    /** Holds each piece this long on its way; what arrives meanwhile becomes the next piece. */
    public void delay(Duration each) {
        weather.delay(each);
    }

    /** Lets so many bytes a second pass, each way of each connection. */
    public void throttle(int bytesPerSecond) {
        weather.throttle(bytesPerSecond);
    }

    /** Nothing passes any more, neither bytes nor an end, and nobody is told. */
    public void silence() {
        weather.silence();
    }

    /** It is good again; what was held passes now. */
    public void heal() {
        weather.heal();
    }

    /** Resets all connections, on both sides. New ones may be made. */
    public void cut() {
        cuts.incrementAndGet();
        cables.forEach(Cable::cut);
    }

    /** Cuts when so many more bytes have gone to clients, wherever in a message that is. */
    public void cutAfter(long bytes) {
        weather.cutAfter(bytes);
    }

    /** How often it was cut. */
    public int cuts() {
        return cuts.get();
    }

    /** How many connections there are. */
    public int connections() {
        return cables.size();
    }

    /** How many bytes have gone from clients to the server. */
    public long bytesToServer() {
        return weather.bytes(Weather.Direction.TO_SERVER);
    }

    /** How many bytes have gone from the server to clients. */
    public long bytesToClients() {
        return weather.bytes(Weather.Direction.TO_CLIENT);
    }

    /** Takes nobody in any more and cuts what there is. */
    @Override
    public void close() {
        try {
            entry.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            cut();
            heal();
        }
    }

    private void accept() {
        while (!entry.isClosed()) {
            try {
                connect(entry.accept());
            } catch (IOException closed) {
                // By close(); nobody waits for this thread.
                return;
            }
        }
    }

    private void connect(Socket client) {
        var cable = new Cable(client, weather, this::cut);
        cables.add(cable);
        Thread.ofVirtual().name("faulty-cable").start(() -> {
            cable.carry(server);
            cables.remove(cable);
        });
        if (entry.isClosed()) {
            cable.cut();
        }
    }
}
