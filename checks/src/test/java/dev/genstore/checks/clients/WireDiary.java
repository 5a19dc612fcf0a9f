package dev.genstore.checks.clients;

import dev.genstore.wire.DisconnectCause;
import dev.genstore.wire.Transport;
import dev.genstore.wire.WireMeter;
import dev.genstore.wire.rates.Refusal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What has happened on a server's wire, one thing after another. Thread-safe. */
final class WireDiary implements WireMeter {
    private final List<Transport> begun = new CopyOnWriteArrayList<>();
    private final List<DisconnectCause> causes = new CopyOnWriteArrayList<>();

    /** What connections became. */
    List<Transport> begun() {
        return begun;
    }

    /** Why connections ended. */
    List<DisconnectCause> causes() {
        return causes;
    }

    @Override
    public void connected() {}

    @Override
    public void switched(Transport from, Transport to) {
        begun.add(to);
    }

    @Override
    public void disconnected(Transport transport, DisconnectCause cause) {
        causes.add(cause);
    }

    @Override
    public void delivered(int events) {}

    @Override
    public void refused(Refusal of) {}
}
