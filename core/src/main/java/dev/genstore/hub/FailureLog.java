package dev.genstore.hub;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;

/**
 * Logs that a feed can't be told from memory. That may come with every change, so one line is enough
 * for a while.
 *
 * <p>Confined to the hub's thread, which notes under its lock and tells without it.
 */
final class FailureLog {
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);
    private static final long PAUSE_MILLIS = 10_000;

    private final InstantSource clock;
    private long toldMillis = -PAUSE_MILLIS;
    private @Nullable Noted noted;

    private record Noted(Feed feed, Throwable failure) {}

    FailureLog(InstantSource clock) {
        this.clock = clock;
    }

    void note(Feed feed, Throwable failure) {
        noted = new Noted(feed, failure);
    }

    void tell() {
        Noted last = noted;
        if (last != null) {
            noted = null;
            tell(last, clock.millis());
        }
    }

    private void tell(Noted last, long nowMillis) {
        if (Math.abs(nowMillis - toldMillis) >= PAUSE_MILLIS) {
            toldMillis = nowMillis;
            LOG.error(
                    "{} can't be told from memory; its watchers read the log",
                    last.feed.watch().target().path(),
                    last.failure);
        }
    }
}
