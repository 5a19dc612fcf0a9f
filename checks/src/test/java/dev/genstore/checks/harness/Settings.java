package dev.genstore.checks.harness;

import dev.genstore.wire.Entrance;
import dev.genstore.wire.WireSettings;
import dev.genstore.wire.http.HttpLimits;
import dev.genstore.wire.rates.ClientLimits;

import java.time.Duration;
import java.util.Set;

/** The default settings of connections with some changed. Confined to one thread. */
public final class Settings {
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final WireSettings defaults = WireSettings.of("127.0.0.1", 0);
    private Set<String> origins = defaults.origins();
    private Duration pingInterval = defaults.pingInterval();
    private Duration pingTimeout = defaults.pingTimeout();
    private Duration stallTimeout = defaults.stallTimeout();
    private Duration requestTimeout = defaults.requestTimeout();
    private Duration idleTimeout = defaults.idleTimeout();
    private int connectionsMax = defaults.connectionsMax();
    private long heldBytesMax = defaults.heldBytesMax();
    private boolean compression = defaults.compression();
    private Entrance entrance = TestServer.ENTRANCE;
    private ClientLimits clients = defaults.clients();

    public static Settings defaults() {
        return new Settings();
    }

    public Settings origins(Set<String> listed) {
        origins = listed;
        return this;
    }

    /** Pings every second and waits one for a sign. */
    public Settings shortPings() {
        return pings(SHORT);
    }

    /** Pings so often, and waits as long for a sign. */
    public Settings pings(Duration interval) {
        pingInterval = interval;
        pingTimeout = interval;
        return this;
    }

    public Settings shortStalls() {
        stallTimeout = SHORT;
        return this;
    }

    public Settings stallTimeout(Duration patience) {
        stallTimeout = patience;
        return this;
    }

    public Settings shortRequests() {
        return requestTimeout(SHORT);
    }

    public Settings requestTimeout(Duration patience) {
        requestTimeout = patience;
        return this;
    }

    public Settings shortIdleness() {
        idleTimeout = SHORT;
        return this;
    }

    public Settings connectionsMax(int count) {
        connectionsMax = count;
        return this;
    }

    public Settings heldBytesMax(long bytes) {
        heldBytesMax = bytes;
        return this;
    }

    public Settings compression(boolean isOn) {
        compression = isOn;
        return this;
    }

    public Settings entrance(Entrance reached) {
        entrance = reached;
        return this;
    }

    /** One client may do so much, also on this machine. */
    public Settings clients(ClientLimits limits) {
        clients = limits;
        return this;
    }

    public WireSettings make() {
        return new WireSettings(
                defaults.host(),
                defaults.port(),
                origins,
                HttpLimits.DEFAULT,
                pingInterval,
                pingTimeout,
                stallTimeout,
                requestTimeout,
                idleTimeout,
                connectionsMax,
                heldBytesMax,
                defaults.messageBytesMax(),
                ForcedSender.kind(),
                compression,
                entrance,
                clients);
    }
}
