package dev.genstore.client;

/**
 * A resource with its version. Immutable as far as its value is.
 *
 * @param value what it is, as the program's own type
 * @param etag the version as {@code If-Match} takes it, such as {@code "k3f9a1-1842"} in its quotes
 */
public record Stored<T>(T value, String etag) {
    /** The version as a position, from which a watch can go on. */
    public String position() {
        return etag.substring(1, etag.length() - 1);
    }
}
