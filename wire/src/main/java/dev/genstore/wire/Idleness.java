package dev.genstore.wire;

import java.time.Duration;

/**
 * How long a connection has not been used. Who was never let in has no longer than for one request,
 * from the beginning of the connection; and what he asks is no use of it, be it refused or be it for
 * everyone: else a stranger could keep a connection by asking now and then.
 *
 * <p>Confined to the connection's loop.
 */
final class Idleness {
    private final Duration known;
    private final Duration unknown;
    private boolean isKnown;
    private long usedNanos;

    /** Of a connection that began then. */
    Idleness(WireSettings settings, long beganNanos) {
        this.known = settings.idleTimeout();
        this.unknown =
                known.compareTo(settings.requestTimeout()) < 0 ? known : settings.requestTimeout();
        this.usedNanos = beganNanos;
    }

    /** Somebody has been answered. */
    void answered(boolean isLetIn, long nowNanos) {
        if (isLetIn) {
            isKnown = true;
            usedNanos = nowNanos;
        }
    }

    /** Whether the connection should end now, unless somebody is let in. */
    boolean isOver(long nowNanos) {
        return nowNanos - usedNanos >= (isKnown ? known : unknown).toNanos();
    }

    /** Whether the answer to a stranger should be the last, as his next request might come too late. */
    boolean isEnding(long nowNanos) {
        return nowNanos - usedNanos >= unknown.toNanos() / 2;
    }
}
