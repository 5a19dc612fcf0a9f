package dev.genstore.apidocs;

import dev.genstore.router.Action;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;

import java.util.Set;

/**
 * {@code GET /docs}: a page that shows the OpenAPI document. It may load nothing from elsewhere, and
 * nobody may put it into a frame. The viewer makes its own styles.
 */
final class ReadPage implements Action<ApiDocuments> {
    private static final String POLICY = "default-src 'none'; script-src 'self'; "
            + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Override
    public Reply act(Request request, ApiDocuments documents) {
        request.query().allowOnly(Set.of());
        return Versions.has(request, Kept.PAGE)
                ? safe(Reply.of(304))
                : safe(Reply.of(200, "text/html; charset=utf-8", Kept.PAGE.bytes()));
    }

    private static Reply safe(Reply reply) {
        return reply.with("ETag", Kept.PAGE.etag())
                .with("Cache-Control", "no-cache")
                .with("Content-Security-Policy", POLICY)
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "no-referrer");
    }
}
