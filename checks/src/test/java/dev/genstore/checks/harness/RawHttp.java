package dev.genstore.checks.harness;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Requests of which every byte is given, each on a connection of its own. */
public final class RawHttp {
    private static final List<String> WITH_CONTENT = List.of("POST", "PUT", "PATCH", "QUERY");

    private RawHttp() {}

    /**
     * Sends a request and reads its answer. {@code Host} is added, and {@code Content-Length} where
     * the headers do not say otherwise.
     *
     * @param headers names and values
     */
    public static Answer send(
            int port, String method, String target, List<Field> headers, byte[] body) {
        if (Http2Requests.takes(headers)) {
            return Http2Requests.send(port, method, target, headers, body);
        }
        try (RawSocket socket = RawSocket.connect(port)) {
            socket.send(request(port, method, target, headers, body));
            return socket.readAnswer("HEAD".equals(method));
        }
    }

    /** A GET. */
    public static Answer get(int port, String target, String... namesAndValues) {
        return send(port, "GET", target, fields(namesAndValues), new byte[0]);
    }

    /** Names and values as fields. */
    public static List<Field> fields(String... namesAndValues) {
        var fields = new ArrayList<Field>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
        }
        return fields;
    }

    static byte[] request(
            int port, String method, String target, List<Field> headers, byte[] body) {
        var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        head.append("Host: 127.0.0.1:").append(port).append("\r\n");
        headers.forEach(field -> head.append(field.name() + ": " + field.value() + "\r\n"));
        boolean isFramed =
                headers.stream().anyMatch(field -> field.name().equals("Transfer-Encoding"));
        if (!isFramed && (body.length > 0 || WITH_CONTENT.contains(method))) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }
}
