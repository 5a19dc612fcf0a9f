package dev.genstore.wire;

import java.time.Duration;

/**
 * When a peer is pinged, and when it counts as gone: if it sends nothing at all for some time behind
 * a ping. Confined to the peer's loop.
 */
final class PingSchedule {
    private final long intervalNanos;
    private final long timeoutNanos;
    private long pingedNanos;
    private boolean awaitsSign;

    /** What to do now. */
    enum Due {
        QUIET,
        PING,
        GONE
    }

    PingSchedule(Duration interval, Duration timeout, long nowNanos) {
        intervalNanos = interval.toNanos();
        timeoutNanos = timeout.toNanos();
        pingedNanos = nowNanos;
    }

    /** The peer has sent something. */
    void heard() {
        awaitsSign = false;
    }

    Due look(long nowNanos) {
        long sinceNanos = nowNanos - pingedNanos;
        if (awaitsSign && sinceNanos >= timeoutNanos) {
            return Due.GONE;
        }
        if (awaitsSign || sinceNanos < intervalNanos) {
            return Due.QUIET;
        }
        pingedNanos = nowNanos;
        awaitsSign = true;
        return Due.PING;
    }
}
