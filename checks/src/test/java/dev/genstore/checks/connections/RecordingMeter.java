package dev.genstore.checks.connections;

import static java.util.stream.Collectors.toMap;

import dev.genstore.wire.DisconnectCause;
import dev.genstore.wire.Transport;
import dev.genstore.wire.WireMeter;
import dev.genstore.wire.rates.Refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Remembers what happened on the wire. Thread-safe. */
final class RecordingMeter implements WireMeter {
    private final Map<Transport, Integer> open = new ConcurrentHashMap<>();
    private final Map<Refusal, Integer> refusals = new ConcurrentHashMap<>();
    private final List<Ending> endings = new ArrayList<>();

    /** A connection that ended. */
    record Ending(Transport transport, DisconnectCause cause) {}

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
    public synchronized void disconnected(Transport transport, DisconnectCause cause) {
        open.merge(transport, -1, Integer::sum);
        endings.add(new Ending(transport, cause));
    }

    @Override
    public void delivered(int events) {}

    @Override
    public void refused(Refusal of) {
        refusals.merge(of, 1, Integer::sum);
    }

    /** How often a client had too much of this. */
    int refusals(Refusal of) {
        return refusals.getOrDefault(of, 0);
    }

    /** The connections that are open, without the transports that have none. */
    Map<Transport, Integer> open() {
        return Stream.of(Transport.values())
                .filter(transport -> open(transport) != 0)
                .collect(toMap(transport -> transport, this::open));
    }

    int open(Transport transport) {
        return open.getOrDefault(transport, 0);
    }

    /** Those that ended, in order. */
    synchronized List<Ending> endings() {
        return List.copyOf(endings);
    }
}
