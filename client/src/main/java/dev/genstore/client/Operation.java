package dev.genstore.client;

import org.jspecify.annotations.Nullable;

/**
 * One write of a batch. Immutable as far as its body is.
 *
 * @param method {@code POST}, {@code PUT}, {@code PATCH} or {@code DELETE}
 * @param path of the collection for {@code POST}, else of the resource
 * @param body what is written; null for {@code DELETE}
 * @param ifMatch the etag that it must have, or null
 * @param isNew whether there must be none
 */
public record Operation(
        String method,
        String path,
        @Nullable Object body,
        @Nullable String ifMatch,
        boolean isNew) {
    public static Operation post(String collection, Object value) {
        return new Operation("POST", collection, value, null, false);
    }

    public static Operation put(String path, Object value) {
        return new Operation("PUT", path, value, null, false);
    }

    public static Operation patch(String path, Object change) {
        return new Operation("PATCH", path, change, null, false);
    }

    public static Operation delete(String path) {
        return new Operation("DELETE", path, null, null, false);
    }

    /** The same, only for this version. */
    public Operation ifMatch(String etag) {
        return new Operation(method, path, body, etag, isNew);
    }

    /** The same where nothing is replaced. */
    public Operation ifNew() {
        return new Operation(method, path, body, ifMatch, true);
    }
}
