package dev.genstore.checks.connections;

import static java.util.stream.Collectors.joining;

import dev.genstore.wire.Transport;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The requests that begin each kind of connection to a collection. */
final class Asking {
    private Asking() {}

    /** Connects so, and waits until the server counts it. */
    static RawConnection with(CountedServer server, Transport transport) {
        RawConnection connection = server.connect().send(request(transport));
        if (transport == Transport.HTTP) {
            connection.answer();
        }
        server.awaitConnected(transport, 1);
        return connection;
    }

    static String request(Transport transport) {
        return request(transport, "/api/notes");
    }

    static String request(Transport transport, String target) {
        String line = "GET " + target + " HTTP/1.1";
        return switch (transport) {
            case HTTP -> head(line);
            case WEBSOCKET -> RawWebSocket.handshake(target);
            case SSE -> head(line, "Accept: text/event-stream");
            case NDJSON -> head(line, "Accept: application/x-ndjson");
            case POLL ->
                head(line, "Accept: application/cloudevents-batch+json", "Prefer: wait=60");
        };
    }

    /** The head of a request with these fields and a Host. */
    static String head(String requestLine, String... fields) {
        var lines = new ArrayList<>(List.of(requestLine, "Host: here"));
        lines.addAll(List.of(fields));
        return lines(lines.toArray(String[]::new)) + lines("");
    }

    /** These lines, each ended by CRLF. */
    static String lines(String... lines) {
        return Stream.of(lines).map(line -> line + "\r\n").collect(joining());
    }
}
