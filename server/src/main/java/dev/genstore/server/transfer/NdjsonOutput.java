package dev.genstore.server.transfer;

import dev.genstore.resource.Json;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** A JSON object in each line. */
record NdjsonOutput(Writer out) implements RowOutput {
    @Override
    public void write(JsonNode resource) throws IOException {
        out.write(new String(Json.write(resource), StandardCharsets.UTF_8));
        out.write('\n');
    }
}
