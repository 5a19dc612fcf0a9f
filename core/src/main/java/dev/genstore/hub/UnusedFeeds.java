package dev.genstore.hub;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The feeds that nobody follows any more. They go on for a while: when the network fails, everybody
 * goes at once and comes back at once, and then the window has what was missed.
 *
 * <p>Guarded by the hub's lock.
 */
final class UnusedFeeds {
    private static final int COUNT_MAX = 1_000;

    private final long patienceMillis;

    /** Since when; the oldest first. */
    private final Map<Feed, Long> sinceMillis = new LinkedHashMap<>();

    UnusedFeeds(long patienceMillis) {
        this.patienceMillis = patienceMillis;
    }

    /** Adds a feed, and removes those that are too many; returns them. */
    List<Feed> add(Feed feed, long nowMillis) {
        sinceMillis.put(feed, nowMillis);
        var removed = new ArrayList<Feed>();
        Iterator<Feed> oldest = sinceMillis.keySet().iterator();
        while (sinceMillis.size() > COUNT_MAX) {
            removed.add(oldest.next());
            oldest.remove();
        }
        return removed;
    }

    void remove(Feed feed) {
        sinceMillis.remove(feed);
    }

    /** Removes those that have been unused for too long, and returns them. */
    List<Feed> removeExpired(long nowMillis) {
        var removed = new ArrayList<Feed>();
        Iterator<Map.Entry<Feed, Long>> oldest = sinceMillis.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Feed, Long> next = oldest.next();
            if (Math.abs(nowMillis - next.getValue()) >= patienceMillis) {
                removed.add(next.getKey());
                oldest.remove();
            }
        }
        return removed;
    }
}
