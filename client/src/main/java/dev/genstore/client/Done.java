package dev.genstore.client;

import tools.jackson.databind.JsonNode;

import java.util.Optional;

/**
 * What became of one operation of a batch. Immutable, as long as nobody changes the body.
 *
 * @param status as the single request would have been answered
 * @param etag the version that it made
 * @param location the path of what was made
 */
public record Done(
        int status, Optional<String> etag, Optional<String> location, Optional<JsonNode> body) {}
