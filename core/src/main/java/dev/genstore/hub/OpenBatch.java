package dev.genstore.hub;

import dev.genstore.resource.Change;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The feeds that may have told a part of a batch of writes and not its end yet. Where the last change
 * of the batch is not part of a feed, a {@code synced} follows the others, so that who applies a batch
 * whole knows that it has it.
 *
 * <p>Guarded by the hub's lock.
 */
final class OpenBatch {
    private Map<Feed, Topic> feeds = new LinkedHashMap<>();

    /** Whether more of a batch may come, as far as the hub knows. */
    private boolean isOpen;

    /** This change is told next: who joins meanwhile may have seen it elsewhere. */
    void begin(Change change) {
        isOpen |= change.batch() != null;
    }

    /** A feed has been appended a change. */
    void told(Change change, Feed feed, Topic topic) {
        if (change.batch() != null) {
            feeds.put(feed, topic);
        }
    }

    /** Somebody has come who may have seen the beginning elsewhere. */
    void joined(Feed feed, Topic topic) {
        if (isOpen) {
            feeds.put(feed, topic);
        }
    }

    /** The hub goes on at a place of which it does not know what lies before it. */
    void skipped(Feed feed, Topic topic) {
        isOpen = true;
        feeds.put(feed, topic);
    }

    void left(Feed feed) {
        feeds.remove(feed);
    }

    /** All feeds have this change; returns those whose batch has ended with it. */
    Map<Feed, Topic> passed(Change change) {
        Change.Batch batch = change.batch();
        isOpen = batch != null && change.revision() < batch.last();
        if (isOpen || feeds.isEmpty()) {
            return Map.of();
        }
        Map<Feed, Topic> ended = feeds;
        feeds = new LinkedHashMap<>();
        return ended;
    }
}
