package dev.genstore.apidocs;

import dev.genstore.router.Action;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;

import java.util.Set;

/**
 * {@code GET /.well-known/api-catalog} (RFC 9727), and {@code GET /} for who does not know of that:
 * where the API is, and where it is described (RFC 8631).
 */
final class ReadLinks implements Action<ApiDocuments> {
    private final String contentType;

    ReadLinks(String contentType) {
        this.contentType = contentType;
    }

    @Override
    public Reply act(Request request, ApiDocuments documents) {
        request.query().allowOnly(Set.of());
        Reply reply = Versions.has(request, Kept.LINKS)
                ? Reply.of(304)
                : Reply.of(200, contentType, Kept.LINKS.bytes());
        return reply.with("ETag", Kept.LINKS.etag()).with("Cache-Control", "no-cache");
    }
}
