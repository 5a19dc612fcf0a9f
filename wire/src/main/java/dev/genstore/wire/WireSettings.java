package dev.genstore.wire;

import dev.genstore.wire.http.HostPolicy;
import dev.genstore.wire.http.HttpLimits;
import dev.genstore.wire.rates.ClientLimits;
import dev.genstore.wire.send.SenderKind;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a {@link WireServer} is told.
 *
 * @param host the address to listen on
 * @param port the port; 0 takes a free one
 * @param origins the browser origins that may watch and read, besides the server's own
 * @param limits of requests
 * @param pingInterval how often a WebSocket peer is pinged
 * @param pingTimeout how long it may be silent behind a ping
 * @param stallTimeout how long a watcher may take no bytes
 * @param requestTimeout how long a request may take to arrive
 * @param idleTimeout how long a connection may wait between requests
 * @param connectionsMax how many connections there may be; one more is closed at once
 * @param heldBytesMax how many bytes of bodies and answers all connections together may hold; what
 *     would go over it is answered with 503. A body of the greatest length always fits
 * @param messageBytesMax how long a WebSocket message from a peer may be
 * @param sender how frames are given to the kernel; null takes the best way that works
 * @param compression whether WebSocket messages are compressed for those who offer it
 * @param entrance how it is reached
 * @param clients what one client may do
 */
public record WireSettings(
        String host,
        int port,
        Set<String> origins,
        HttpLimits limits,
        Duration pingInterval,
        Duration pingTimeout,
        Duration stallTimeout,
        Duration requestTimeout,
        Duration idleTimeout,
        int connectionsMax,
        long heldBytesMax,
        int messageBytesMax,
        @Nullable SenderKind sender,
        boolean compression,
        Entrance entrance,
        ClientLimits clients) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration IDLENESS = Duration.ofSeconds(60);

    /** A quarter of the heap, but not too little. */
    private static final int HELD_HEAP_PART = 4;

    private static final long HELD_BYTES_LEAST = 16 << 20;

    public WireSettings {
        origins = Set.copyOf(origins);
        require(pingInterval, "pingInterval");
        require(pingTimeout, "pingTimeout");
        require(stallTimeout, "stallTimeout");
        require(requestTimeout, "requestTimeout");
        require(idleTimeout, "idleTimeout");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port is 0 to 65535, not " + port);
        }
        heldBytesMax = Math.max(heldBytesMax, limits.bodyBytesMax());
        if (connectionsMax < 1 || messageBytesMax < 1) {
            throw new IllegalArgumentException("connectionsMax and messageBytesMax are at least 1");
        }
    }

    /** The defaults, on this address. Bodies and answers may hold a quarter of the heap. */
    public static WireSettings of(String host, int port) {
        return new WireSettings(
                host,
                port,
                Set.of(),
                HttpLimits.DEFAULT,
                Duration.ofSeconds(25),
                Duration.ofSeconds(8),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                IDLENESS,
                15_000,
                Math.max(HELD_BYTES_LEAST, Runtime.getRuntime().maxMemory() / HELD_HEAP_PART),
                64 << 10,
                null,
                true,
                Entrance.DEFAULT,
                ClientLimits.DEFAULT);
    }

    /** The same on another port. */
    public WireSettings withPort(int other) {
        return with(other, limits, sender, compression, entrance, clients);
    }

    /** The same with other limits of requests. */
    public WireSettings withLimits(HttpLimits other) {
        return with(port, other, sender, compression, entrance, clients);
    }

    /** The same with frames given to the kernel in this way. */
    public WireSettings withSender(@Nullable SenderKind other) {
        return with(port, limits, other, compression, entrance, clients);
    }

    /** The same with compression or without it. */
    public WireSettings withCompression(boolean other) {
        return with(port, limits, sender, other, entrance, clients);
    }

    /** The same, reached in another way. */
    public WireSettings withEntrance(Entrance other) {
        return with(port, limits, sender, compression, other, clients);
    }

    /** The same where one client may do so much. */
    public WireSettings withClients(ClientLimits other) {
        return with(port, limits, sender, compression, entrance, other);
    }

    /** The names of the entrance, and the one that it listens on if that is a name. */
    HostPolicy hostPolicy() {
        String own = host.toLowerCase(Locale.ROOT);
        return new HostPolicy(
                HostPolicy.isName(own)
                        ? Stream.concat(entrance.hosts().stream(), Stream.of(own))
                                .collect(Collectors.toSet())
                        : entrance.hosts());
    }

    private WireSettings with(
            int otherPort,
            HttpLimits otherLimits,
            @Nullable SenderKind otherSender,
            boolean otherCompression,
            Entrance otherEntrance,
            ClientLimits otherClients) {
        return new WireSettings(
                host,
                otherPort,
                origins,
                otherLimits,
                pingInterval,
                pingTimeout,
                stallTimeout,
                requestTimeout,
                idleTimeout,
                connectionsMax,
                heldBytesMax,
                messageBytesMax,
                otherSender,
                otherCompression,
                otherEntrance,
                otherClients);
    }

    private static void require(Duration duration, String name) {
        if (duration.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(name + " is at least one second, not " + duration);
        }
    }
}
