package dev.genstore.server.transfer;

import tools.jackson.databind.JsonNode;

import java.io.IOException;

/** Takes resources one by one. */
@FunctionalInterface
public interface RowOutput {
    /**
     * Writes one.
     *
     * @throws RowException when the format has no place for it
     */
    void write(JsonNode resource) throws IOException;
}
