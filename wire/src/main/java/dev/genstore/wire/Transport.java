package dev.genstore.wire;

import java.util.Locale;

/** How a peer is connected, as the metrics name it. */
public enum Transport {
    /** Requests and answers. */
    HTTP,
    WEBSOCKET,
    SSE,
    NDJSON,
    /** A request that waits for a change. */
    POLL;

    /** The metrics' label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether its peers are watchers. */
    public boolean isWatching() {
        return this != HTTP;
    }
}
