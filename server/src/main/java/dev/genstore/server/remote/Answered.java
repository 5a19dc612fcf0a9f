package dev.genstore.server.remote;

import dev.genstore.resource.Json;

import tools.jackson.databind.JsonNode;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/** What a server has answered to a request that it has done. Immutable. */
public record Answered(int status, HttpHeaders headers, String text) {
    /** The content as a tree. */
    public JsonNode tree() {
        return Json.trusted(text.getBytes(StandardCharsets.UTF_8)).tree();
    }
}
