package dev.genstore.server.remote;

import dev.genstore.resource.Json;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/** What a server has answered to a request that it has done. Immutable. */
public record Answered(int status, HttpHeaders headers, String text) {
    /**
     * The content as a tree.
     *
     * @throws RemoteFailure when it is no JSON, as that of something else than Genstore
     */
    public JsonNode tree() {
        try {
            return parsed();
        } catch (JacksonException other) {
            throw Refusals.strange(this);
        }
    }

    /** The content as a tree, of which nobody knows whether it is JSON. */
    JsonNode parsed() {
        return Json.trusted(text.getBytes(StandardCharsets.UTF_8)).tree();
    }
}
