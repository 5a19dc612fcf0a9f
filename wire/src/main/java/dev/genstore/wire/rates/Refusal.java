package dev.genstore.wire.rates;

import java.util.Locale;

/** What a client had too much of. Each refusal is counted once. */
public enum Refusal {
    /** It has too many connections, opens them too fast, or there are too many in all. */
    CONNECTIONS,
    /** It makes too many requests. */
    REQUESTS,
    /** It writes too much. */
    WRITES,
    /** It begins watches too fast, or has too many. */
    WATCHES,
    /** It has tried too many credentials that are no good. */
    CREDENTIALS,
    /** It sends too many messages and pings on a WebSocket. */
    MESSAGES;

    /** The metrics' label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
