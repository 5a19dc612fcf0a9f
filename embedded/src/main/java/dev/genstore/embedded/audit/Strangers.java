package dev.genstore.embedded.audit;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import java.time.InstantSource;

/**
 * Bounds how much is written of those who are not let in: they must not be able to fill the files
 * until nothing is left in them of the others. A hundred lines at once, then one each second; the next
 * one says how many there were meanwhile.
 *
 * <p>Thread-safe.
 */
final class Strangers {
    static final int LINES_AT_ONCE = 100;

    private static final long LINE_MILLIS = 1_000;

    private final InstantSource clock;

    /** When all lines that were written until now would have been, one each second. */
    @GuardedBy("this") private long paidMillis;

    @GuardedBy("this") private long unsaid;

    Strangers(InstantSource clock) {
        this.clock = clock;
        this.paidMillis = clock.millis() - LINES_AT_ONCE * LINE_MILLIS;
    }

    /** How many were left out before this one; negative when this one is left out, too. */
    synchronized long leftOut() {
        long nowMillis = clock.millis();
        boolean isSetBack = paidMillis > nowMillis;
        long paid = isSetBack ? nowMillis - LINE_MILLIS : paidMillis;
        long next = Math.max(paid, nowMillis - LINES_AT_ONCE * LINE_MILLIS) + LINE_MILLIS;
        if (next > nowMillis) {
            unsaid++;
            return -1;
        }
        paidMillis = next;
        long before = unsaid;
        unsaid = 0;
        return before;
    }
}
