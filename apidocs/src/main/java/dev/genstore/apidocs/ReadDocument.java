package dev.genstore.apidocs;

import dev.genstore.query.Selection;
import dev.genstore.resource.Names;
import dev.genstore.resource.Target;
import dev.genstore.router.Action;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.router.Watchable;

import java.util.Set;
import java.util.function.Function;

/**
 * {@code GET /openapi.json}. Watched, it tells of the definitions that it is made of; a long poll waits
 * until it says something else.
 *
 * <p>Thread-safe.
 */
final class ReadDocument implements Action<ApiDocuments>, Watchable {
    private final Function<ApiDocuments, Document> which;

    ReadDocument(Function<ApiDocuments, Document> which) {
        this.which = which;
    }

    @Override
    public Selection selection(Request request) {
        return Selection.of(new Target.InCollection(Names.DEFINITIONS));
    }

    @Override
    public Reply act(Request request, ApiDocuments documents) {
        request.query().allowOnly(Set.of());
        Document document = which.apply(documents);
        return Versions.has(request, document)
                ? told(Reply.of(304), document)
                : told(Reply.json(200, document.bytes()), document);
    }

    private static Reply told(Reply reply, Document document) {
        return reply.with("ETag", document.etag())
                .with("Vary", "Accept")
                .with("Cache-Control", "no-cache");
    }
}
