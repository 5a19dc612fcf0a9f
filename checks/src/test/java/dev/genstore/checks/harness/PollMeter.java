package dev.genstore.checks.harness;

import dev.genstore.wire.DisconnectCause;
import dev.genstore.wire.Transport;
import dev.genstore.wire.WireMeter;
import dev.genstore.wire.rates.Refusal;

import java.util.concurrent.Semaphore;

/** Notices when a request begins to wait for a change. Thread-safe. */
public final class PollMeter implements WireMeter {
    private final Semaphore waiting = new Semaphore(0);

    /** Returns when one more request than before waits. */
    public void awaitPoll() {
        waiting.acquireUninterruptibly();
    }

    @Override
    public void connected() {}

    @Override
    public void switched(Transport from, Transport to) {
        if (to == Transport.POLL) {
            waiting.release();
        }
    }

    @Override
    public void disconnected(Transport transport, DisconnectCause cause) {}

    @Override
    public void delivered(int events) {}

    @Override
    public void refused(Refusal of) {}
}
