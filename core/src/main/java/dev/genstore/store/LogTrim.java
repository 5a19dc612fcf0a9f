package dev.genstore.store;

import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * Applies {@link Retention}, a slice at a time, so that no write waits long for it. Confined to the
 * writer thread.
 */
final class LogTrim {
    private static final int SLICE = 2_000;
    private static final long PAUSE_MILLIS = 1_000;

    private final Retention retention;
    private final InstantSource clock;
    private final Cutting cutting;
    private long nextMillis;

    /**
     * Trims nothing yet.
     *
     * @param cutting hears of what is going to be trimmed
     */
    LogTrim(Retention retention, InstantSource clock, Cutting cutting) {
        this.retention = retention;
        this.clock = clock;
        this.cutting = cutting;
    }

    /**
     * Trims a slice if it is time to, of what was durable before this transaction; returns the
     * horizon after it.
     */
    long run(Ledger ledger, long head, long horizon) {
        long nowMillis = clock.millis();
        boolean tooMany = head - horizon > retention.changes();
        if (!tooMany && nowMillis < nextMillis) {
            return horizon;
        }
        long oldestMillis = nowMillis - TimeUnit.MILLISECONDS.convert(retention.age());
        long end = Math.min(head, horizon + SLICE);
        long byCount = Math.min(end, head - retention.changes());
        long through = Math.max(byCount, LogTimes.lastBefore(ledger, oldestMillis, horizon, end));
        if (through > horizon) {
            cutting.trimming(through);
        }
        long trimmed = ledger.trim(through);
        boolean more = trimmed - horizon >= SLICE;
        nextMillis = more ? nowMillis : nowMillis + PAUSE_MILLIS;
        return trimmed;
    }
}
