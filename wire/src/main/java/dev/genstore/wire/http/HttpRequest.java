package dev.genstore.wire.http;

import dev.genstore.router.Headers;

import java.util.Objects;

/**
 * One request as it came over a connection, complete with its body and checked in form.
 *
 * <p>Immutable.
 *
 * @param method the method's name, which may be unknown
 * @param target path and query, as encoded (origin-form of RFC 9112, 3.2.1), or {@code *} for an
 *     OPTIONS about the server
 * @param minorVersion 1 for HTTP/1.1, 0 for HTTP/1.0
 * @param headers the header fields; {@code Host} is the authority of an absolute URL, if one was
 *     requested (RFC 9112, 3.2.2)
 * @param body the content
 * @param keepAlive whether the client wants to use the connection further
 */
public record HttpRequest(
        String method,
        String target,
        int minorVersion,
        Headers headers,
        Body body,
        boolean keepAlive) {
    public HttpRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(target, "target");
        Objects.checkIndex(minorVersion, 2);
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(body, "body");
    }

    /** Without the header fields, since those may be credentials and end up in a log. */
    @Override
    public String toString() {
        return method + " " + target + " HTTP/1." + minorVersion;
    }
}
