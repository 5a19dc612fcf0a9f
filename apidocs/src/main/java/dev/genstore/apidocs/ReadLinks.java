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
    private static final Document LINKS = new Document(Files.read("links.json"));

    private final String contentType;

    ReadLinks(String contentType) {
        this.contentType = contentType;
    }

    @Override
    public Reply act(Request request, ApiDocuments documents) {
        request.query().allowOnly(Set.of());
        Reply reply = Versions.has(request, LINKS)
                ? Reply.of(304)
                : Reply.of(200, contentType, LINKS.bytes());
        return reply.with("ETag", LINKS.etag()).with("Cache-Control", "no-cache");
    }
}
