package dev.genstore.wire;

import dev.genstore.router.Method;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;

import java.util.Optional;
import java.util.Set;

/**
 * Lets pages of the listed origins read answers (WHATWG Fetch, 3.2). Pages of other origins get no
 * such headers, and so their browser keeps the answer from them. Immutable.
 *
 * @param origins the origins, as browsers write them
 */
record Cors(Set<String> origins) {
    private static final String EXPOSED =
            "ETag, Last-Modified, Link, Location, Allow, Accept-Patch, Accept-Query,"
                    + " Preference-Applied, Idempotency-Replayed, Retry-After, Genstore-Scanned";
    private static final String REQUEST_HEADERS =
            "Accept, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match,"
                    + " If-Modified-Since, If-Unmodified-Since, Last-Event-ID, Prefer, Request-Id";

    Cors {
        origins = Set.copyOf(origins);
    }

    /** The reply as the page that asks may read it. */
    Reply apply(Request request, Reply reply) {
        if (origins.isEmpty()) {
            return reply;
        }
        Reply varied = reply.with("Vary", "Origin");
        Optional<String> origin = request.headers().first("Origin").filter(origins::contains);
        if (origin.isEmpty()) {
            return varied;
        }
        Reply readable = varied.with("Access-Control-Allow-Origin", origin.get());
        return isPreflight(request)
                ? allow(readable)
                : readable.with("Access-Control-Expose-Headers", EXPOSED);
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
