package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.wire.Transport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A watcher by any of the streams, which reads only when it is told to. Confined to one thread. */
final class Watching implements AutoCloseable {
    private final RawConnection connection;
    private final Transport transport;
    private final RawWebSocket socket;

    private Watching(RawConnection connection, Transport transport) {
        this.connection = connection;
        this.transport = transport;
        this.socket = RawWebSocket.of(connection);
    }

    /** Begins to watch the notes, and waits until it is told that it has missed nothing. */
    static Watching begin(RawConnection connection, Transport transport) {
        Watching watching = open(connection, transport, "/api/notes");
        assertThat(watching.next().type()).isEqualTo("synced");
        return watching;
    }

    /** Begins to watch what is at this URL. */
    static Watching open(RawConnection connection, Transport transport, String target) {
        Answer head = Answer.read(connection.send(Asking.request(transport, target)), false);
        assertThat(head.status()).isIn(101, 200);
        return new Watching(connection, transport);
    }

    /** The next event; waits for it. */
    Told next() {
        return Told.of(text());
    }

    /** The next event as it was sent. */
    String text() {
        return switch (transport) {
            case WEBSOCKET -> socket.text();
            case NDJSON -> chunk();
            case SSE -> chunk().replaceFirst("(?s).*\ndata: ", "");
            case HTTP, POLL -> throw new IllegalArgumentException(transport + " is no stream");
        };
    }

    private String chunk() {
        return new String(Answer.chunk(connection), StandardCharsets.UTF_8);
    }

    /** The next events up to the change with this revision. */
    List<Told> upTo(long revision) {
        var events = new ArrayList<Told>();
        do {
            events.add(next());
        } while (!events.getLast().isChange() || events.getLast().revision() < revision);
        return events;
    }

    /** Ends without a goodbye. */
    void reset() {
        connection.reset();
    }

    @Override
    public void close() {
        connection.close();
    }
}
