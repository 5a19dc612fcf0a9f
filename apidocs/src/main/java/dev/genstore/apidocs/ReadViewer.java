package dev.genstore.apidocs;

import dev.genstore.router.Action;
import dev.genstore.router.Codings;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * {@code GET /docs/rapidoc-9.3.8.js}: the viewer of the page, RapiDoc, as its makers have published it.
 * It is packed, and unpacked for who can't. Its URL has its version, so it never changes.
 */
final class ReadViewer implements Action<ApiDocuments> {
    static final String NAME = "rapidoc-9.3.8.js";

    @Override
    public Reply act(Request request, ApiDocuments documents) {
        request.query().allowOnly(Set.of());
        boolean unpacks = Codings.takesGzip(request.headers());
        Reply reply = Reply.of(
                        200, "text/javascript; charset=utf-8", unpacks ? Kept.VIEWER : unpacked())
                .with("Vary", "Accept-Encoding")
                .with("Cache-Control", "public, max-age=31536000, immutable")
                .with("X-Content-Type-Options", "nosniff");
        return unpacks ? reply.with("Content-Encoding", "gzip") : reply;
    }

    private static byte[] unpacked() {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(Kept.VIEWER))) {
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
