package dev.genstore.wire;

/**
 * When a peer is pinged, and when it counts as gone: if it sends nothing at all for some time behind
 * a ping. Confined to the peer's loop.
 */
final class PingSchedule {
    private final WireSettings settings;
    private long pingedNanos;
    private boolean awaitsSign;

    /** What to do now. */
    enum Due {
        QUIET,
        PING,
        GONE
    }

    PingSchedule(WireSettings settings, long nowNanos) {
        this.settings = settings;
        pingedNanos = nowNanos;
    }

    /** The peer has sent something. */
    void heard() {
        awaitsSign = false;
    }

    Due look(long nowNanos) {
        long sinceNanos = nowNanos - pingedNanos;
        if (awaitsSign && sinceNanos >= settings.pingTimeout().toNanos()) {
            return Due.GONE;
        }
        if (awaitsSign || sinceNanos < settings.pingInterval().toNanos()) {
            return Due.QUIET;
        }
        pingedNanos = nowNanos;
        awaitsSign = true;
        return Due.PING;
    }
}
