package dev.genstore.client;

import org.jspecify.annotations.Nullable;

/**
 * How something is written: {@code Write.plain().ifMatch(note.etag())}. Immutable.
 *
 * @param ifMatch the etag that it must have, else it is a {@link Conflict}; or null
 * @param isNew whether there must be none, else it is a {@link Conflict}
 * @param idempotencyKey under which a POST is done once; or null
 * @param requestId what comes back as {@code origin} of the event; null for one that the client
 *     makes
 */
public record Write(
        @Nullable String ifMatch,
        boolean isNew,
        @Nullable String idempotencyKey,
        @Nullable String requestId) {
    private static final Write PLAIN = new Write(null, false, null, null);

    /** Whatever is there. */
    public static Write plain() {
        return PLAIN;
    }

    /** Only this version is changed. */
    public Write ifMatch(String etag) {
        return new Write(etag, isNew, idempotencyKey, requestId);
    }

    /** Nothing is replaced. */
    public Write ifNew() {
        return new Write(ifMatch, true, idempotencyKey, requestId);
    }

    /** A POST that is repeated with this key is done once. */
    public Write idempotencyKey(String key) {
        return new Write(ifMatch, isNew, key, requestId);
    }

    /** Its event has this as {@code origin}. */
    public Write requestId(String id) {
        return new Write(ifMatch, isNew, idempotencyKey, id);
    }
}
