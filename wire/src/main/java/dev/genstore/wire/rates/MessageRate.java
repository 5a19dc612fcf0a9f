package dev.genstore.wire.rates;

import java.util.concurrent.TimeUnit;

/**
 * How often a WebSocket's peer says something, as one number: when it would have been in time if it
 * had kept to the rate from the beginning. So it costs a socket next to nothing.
 *
 * <p>Confined to the socket's loop.
 */
public final class MessageRate {
    static final int PER_SECOND = 1_000;

    /** So many at once, where none came for a while: ten sockets' worth of commands. */
    static final int AT_ONCE = 10_000;

    private static final long EACH_NANOS = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;

    private long inTimeNanos;

    public MessageRate(long nowNanos) {
        inTimeNanos = nowNanos;
    }

    /** Another one has come; whether that was too many. */
    public boolean isTooMuch(long nowNanos) {
        long beforeNanos = Math.max(0, inTimeNanos - nowNanos);
        inTimeNanos = nowNanos + beforeNanos + EACH_NANOS;
        return beforeNanos + EACH_NANOS > AT_ONCE * EACH_NANOS;
    }
}
