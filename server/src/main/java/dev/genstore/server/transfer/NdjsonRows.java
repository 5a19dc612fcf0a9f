package dev.genstore.server.transfer;

import dev.genstore.resource.Problem;
import dev.genstore.resource.StrictJson;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/** A JSON object in each line; empty lines are passed over. Confined to one thread. */
final class NdjsonRows implements Rows {
    private final BufferedReader in;
    private long line;

    NdjsonRows(Reader octets) {
        in = new BufferedReader(octets);
    }

    @Override
    public @Nullable JsonNode next() throws IOException {
        String octets;
        do {
            octets = in.readLine();
            line++;
        } while (octets != null && octets.isBlank());
        return octets == null ? null : object(octets);
    }

    private JsonNode object(String octets) {
        String text = Octets.text(octets, line);
        try {
            JsonNode tree = StrictJson.tree(text.getBytes(StandardCharsets.UTF_8));
            if (tree.isObject()) {
                return tree;
            }
        } catch (Problem problem) {
            throw RowException.at(line, problem.detail());
        }
        throw RowException.at(line, "it is no JSON object.");
    }

    @Override
    public long line() {
        return line;
    }
}
