package dev.genstore.checks.connections;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An answer as it came over a connection.
 *
 * @param fields the header fields, each {@code name: value} with a name in small letters
 */
record Answer(int status, List<String> fields, String body) {
    private static final String LENGTH = "content-length";

    /**
     * Reads one; an interim answer counts too.
     *
     * @param mayHaveBody false behind a HEAD
     */
    static Answer read(RawConnection connection, boolean mayHaveBody) {
        String statusLine = connection.line();
        if (!statusLine.matches("HTTP/1\\.1 [1-5][0-9][0-9] .*")) {
            throw new AssertionError("no status line: " + statusLine);
        }
        int status = Integer.parseInt(statusLine.substring(9, 12));
        var head = new Answer(status, fields(connection), "");
        boolean hasBody = mayHaveBody && status >= 200 && status != 204 && status != 304;
        return hasBody ? head.withBody(connection) : head;
    }

    private static List<String> fields(RawConnection connection) {
        var fields = new ArrayList<String>();
        for (String line = connection.line(); !line.isEmpty(); line = connection.line()) {
            int colon = line.indexOf(':');
            fields.add(line.substring(0, colon).toLowerCase(Locale.ROOT) + line.substring(colon));
        }
        return fields;
    }

    private Answer withBody(RawConnection connection) {
        byte[] body = header("transfer-encoding").equals("chunked")
                ? chunks(connection)
                : connection.bytes(Integer.parseInt(header(LENGTH)));
        return new Answer(status, fields, new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] chunks(RawConnection connection) {
        var body = new ByteArrayOutputStream();
        for (byte[] chunk = chunk(connection); chunk.length > 0; chunk = chunk(connection)) {
            body.writeBytes(chunk);
        }
        return body.toByteArray();
    }

    /** The next chunk of a stream, empty for the last one. */
    static byte[] chunk(RawConnection connection) {
        byte[] chunk = connection.bytes(Integer.parseInt(connection.line(), 16));
        connection.line();
        return chunk;
    }

    /** The value of this header, empty when there is none. */
    String header(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ": ";
        return fields.stream()
                .filter(field -> field.startsWith(start))
                .map(field -> field.substring(start.length()))
                .findFirst()
                .orElse("");
    }

    boolean isLast() {
        return header("connection").contains("close");
    }
}
