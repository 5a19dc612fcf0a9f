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
    private long nextMillis;

    LogTrim(Retention retention, InstantSource clock) {
        this.retention = retention;
        this.clock = clock;
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
        int countMax = (int) Math.min(SLICE, head - horizon);
        long trimmed = ledger.trim(head - retention.changes(), oldestMillis, countMax);
        boolean more = trimmed - horizon >= SLICE;
        nextMillis = more ? nowMillis : nowMillis + PAUSE_MILLIS;
        return trimmed;
    }
}
