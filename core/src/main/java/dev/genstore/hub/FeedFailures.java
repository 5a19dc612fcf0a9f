package dev.genstore.hub;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs that feeds fail: it may come with every change, so one line is enough for a while. Guarded by the hub's lock. */
final class FeedFailures {
    private static final Logger LOG = LoggerFactory.getLogger(FeedFailures.class);
    private static final long LOG_MILLIS = 10_000;

    private long loggedMillis = -LOG_MILLIS;

    void log(Feed feed, Throwable failure, long nowMillis) {
        if (Math.abs(nowMillis - loggedMillis) >= LOG_MILLIS) {
            loggedMillis = nowMillis;
            LOG.error(
                    "{} can't be told from memory; its watchers read the log",
                    feed.watch().target().path(),
                    failure);
        }
    }
}
