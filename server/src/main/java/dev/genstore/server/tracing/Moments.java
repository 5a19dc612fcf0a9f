package dev.genstore.server.tracing;

import java.time.Instant;
import java.time.InstantSource;

/** Which time of the world is which of {@link System#nanoTime}. Immutable. */
record Moments(Instant known, long knownNanos) {
    private static final InstantSource CLOCK = InstantSource.system();

    /** As it is now. */
    static Moments now() {
        return new Moments(CLOCK.instant(), System.nanoTime());
    }

    Instant at(long nanos) {
        return known.plusNanos(nanos - knownNanos);
    }
}
