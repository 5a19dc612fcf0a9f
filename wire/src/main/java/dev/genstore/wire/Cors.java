package dev.genstore.wire;

import dev.genstore.router.Headers;
import dev.genstore.router.Method;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.wire.http.OriginPolicy;

import java.util.Optional;

/**
 * Lets pages of the listed origins read answers (WHATWG Fetch, 3.2). Pages of other origins get no
 * such headers, and so their browser keeps the answer from them. {@code
 * Access-Control-Allow-Credentials} is never sent: pages of other origins say who they are by a token
 * that they have, not by what a browser keeps for the server's own pages. Immutable.
 *
 * @param origins which origins are listed
 */
record Cors(OriginPolicy origins) {
    private static final String EXPOSED =
            "ETag, Last-Modified, Link, Location, Allow, Accept-Patch, Accept-Query,"
                    + " Preference-Applied, Idempotency-Replayed, Retry-After, RateLimit, RateLimit-Policy,"
                    + " Genstore-Scanned, WWW-Authenticate";
    private static final String REQUEST_HEADERS =
            "Accept, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match,"
                    + " If-Modified-Since, If-Unmodified-Since, Last-Event-ID, Prefer, Request-Id,"
                    + " traceparent";

    /** The reply as the page that asks may read it. */
    Reply apply(Request request, Reply reply) {
        Reply readable = readable(request.headers(), reply);
        return isPreflight(request) && origins.listed(request.headers()).isPresent()
                ? allow(readable)
                : readable;
    }

    /** The same for what came with these header fields and is no request that can be done. */
    Reply readable(Headers headers, Reply reply) {
        if (origins.listed().isEmpty()) {
            return reply;
        }
        Reply varied = reply.with("Vary", "Origin");
        Optional<String> origin = origins.listed(headers);
        return origin.isEmpty()
                ? varied
                : varied.with("Access-Control-Allow-Origin", origin.get())
                        .with("Access-Control-Expose-Headers", EXPOSED);
    }

    private static boolean isPreflight(Request request) {
        return request.method() == Method.OPTIONS
                && request.headers().first("Access-Control-Request-Method").isPresent();
    }

    private static Reply allow(Reply reply) {
        return reply.with(
                        "Access-Control-Allow-Methods",
                        reply.headers().first("Allow").orElse("GET"))
                .with("Access-Control-Allow-Headers", REQUEST_HEADERS)
                .with("Access-Control-Max-Age", "600");
    }
}
