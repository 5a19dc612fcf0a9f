package dev.genstore.server.transfer;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.io.IOException;

/** Resources that are read one by one. */
public interface Rows {
    /**
     * The next one, or null at the end.
     *
     * @throws RowException when it is not what the format wants
     */
    @Nullable JsonNode next() throws IOException;

    /** The line on which the last one began, from 1. */
    long line();
}
