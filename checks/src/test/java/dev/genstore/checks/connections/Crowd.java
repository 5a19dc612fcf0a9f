package dev.genstore.checks.connections;

import dev.genstore.wire.Transport;

import java.util.List;
import java.util.stream.Stream;

/** Watchers that read nothing unless they are told to, and for which the kernel keeps little. */
record Crowd(List<Watching> members) implements AutoCloseable {
    Crowd {
        members = List.copyOf(members);
    }

    /** One for each of these. */
    static Crowd of(CountedServer server, Stream<Transport> transports) {
        return new Crowd(transports
                .map(transport -> Watching.begin(server.connectNarrow(), transport))
                .toList());
    }

    void hangUp() {
        close();
    }

    @Override
    public void close() {
        members.forEach(Watching::close);
    }
}
