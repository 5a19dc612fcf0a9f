package dev.genstore.apidocs;

import dev.genstore.router.Request;

/** Conditional requests for documents (RFC 9110, 13.1.2). */
final class Versions {
    private Versions() {}

    /** Whether the client has the document. */
    static boolean has(Request request, Document document) {
        String tags = request.headers().joined("If-None-Match").orElse("");
        for (String tag : tags.split(",", -1)) {
            String strong = tag.strip().replaceFirst("^W/", "");
            if (strong.equals("*") || strong.equals(document.etag())) {
                return true;
            }
        }
        return false;
    }
}
