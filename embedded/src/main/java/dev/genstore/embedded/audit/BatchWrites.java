package dev.genstore.embedded.audit;

import dev.genstore.resource.Json;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * What a batch has written: of each operation its method and target, as it was asked for, and its
 * status and revision, as it was answered. Nothing of what was written.
 */
final class BatchWrites {
    static final String PATH = "/api/_batch";

    private BatchWrites() {}

    /** Writes the member that tells of a batch that was done. */
    static void tell(JsonGenerator generator, Request request, Reply reply) {
        JsonNode operations = Json.trusted(request.body()).tree().path("operations");
        JsonNode results = Json.trusted(reply.body()).tree().path("results");
        generator.writeArrayPropertyStart("operations");
        for (int i = 0; i < results.size(); i++) {
            tell(generator, operations.path(i), results.path(i));
        }
        generator.writeEndArray();
    }

    private static void tell(JsonGenerator generator, JsonNode operation, JsonNode result) {
        generator.writeStartObject();
        generator.writeStringProperty("method", operation.path("method").asString("POST"));
        String url = operation.path("url").asString("");
        Line.target(generator, result.path("location").asString(url));
        generator.writeNumberProperty("status", result.path("status").asInt(0));
        Line.revision(generator, result.path("etag").asString(""));
        generator.writeEndObject();
    }
}
